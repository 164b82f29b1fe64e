<?php
// Shows one code, from a task of its own: second-factor.php starts several at once.
declare(strict_types=1);

use CommerceBaseline\SecondFactor;
use CommerceBaseline\SecretBox;

require __DIR__ . '/harness.php';
wordpress();
Clock::$now = (int) $argv[3];
$factor     = new SecondFactor( new SecretBox( (string) getenv( 'SECOND_FACTOR_KEY' ) ), static fn(): int => Clock::$now );
echo $factor->accept( (int) $argv[1], $argv[2] ) ? 'in' : 'out';
