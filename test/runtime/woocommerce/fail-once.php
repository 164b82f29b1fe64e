<?php
// One wrong password, from a task of its own: lockout.php starts several at once.
declare(strict_types=1);

use CommerceBaseline\Lockout;

require __DIR__ . '/harness.php';
wordpress();
Clock::$now = (int) $argv[2];
remove_all_actions( 'wp_login_failed' );
( new Lockout( static fn(): int => Clock::$now ) )->register();
wp_authenticate( $argv[1], 'wrong' );
