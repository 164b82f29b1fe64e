<?php
declare(strict_types=1);

use CommerceBaseline\Lockout;

require __DIR__ . '/harness.php';
wordpress();

remove_all_filters( 'authenticate', 800 );
remove_all_actions( 'wp_login_failed' );
( new Lockout( static fn(): int => Clock::$now ) )->register();

const RIGHT = 'a password of 24 letters';

/** What becomes of a login: the code of the error, or "in". */
function log_in( string $name, string $password ): string {
	$user = wp_authenticate( $name, $password );
	return is_wp_error( $user ) ? (string) $user->get_error_code() : 'in';
}

function fail( string $name, int $times ): void {
	for ( $count = 0; $count < $times; $count++ ) {
		log_in( $name, 'wrong' );
	}
}

foreach ( array( 'customer', 'shop_manager' ) as $role ) {
	test(
		"ten wrong passwords lock the account of a $role, for the right one too",
		static function () use ( $role ): void {
			$user = somebody( $role );
			fail( $user->user_login, 9 );
			same( 'in', log_in( $user->user_login, RIGHT ) );
			do_action( 'wp_login', $user->user_login, $user );
			fail( $user->user_login, 10 );
			same( 'commerce_baseline_locked', log_in( $user->user_login, RIGHT ) );
			same( 'commerce_baseline_locked', log_in( $user->user_login, 'wrong' ) );
			same( 'commerce_baseline_locked', log_in( $user->user_email, RIGHT ) );
		}
	);
}

test(
	'it is locked for half an hour, whoever goes on trying',
	static function (): void {
		$user = somebody( 'customer' );
		fail( $user->user_email, 10 );
		Clock::$now += 29 * 60;
		fail( $user->user_email, 3 );
		same( 'commerce_baseline_locked', log_in( $user->user_login, RIGHT ) );
		Clock::$now += 2 * 60;
		same( 'in', log_in( $user->user_login, RIGHT ) );
	}
);

test(
	'tries by name and by address count together, and each account for itself',
	static function (): void {
		$user  = somebody( 'customer' );
		$other = somebody( 'customer' );
		fail( $user->user_login, 5 );
		fail( $user->user_email, 5 );
		same( 'commerce_baseline_locked', log_in( $user->user_login, RIGHT ) );
		same( 'in', log_in( $other->user_login, RIGHT ) );
		same( 'invalid_username', log_in( 'nobody-of-that-name', 'wrong' ) );
	}
);

test(
	'a password set by e-mail opens it',
	static function (): void {
		$user = somebody( 'customer' );
		fail( $user->user_login, 10 );
		reset_password( $user, 'another password 42' );
		same( 'in', log_in( $user->user_login, 'another password 42' ) );
	}
);

test(
	'tries of several tasks at once are all counted',
	static function (): void {
		$user  = somebody( 'customer' );
		$tasks = array();
		for ( $count = 0; $count < 10; $count++ ) {
			$tasks[] = proc_open( array( PHP_BINARY, __DIR__ . '/fail-once.php', $user->user_login, (string) Clock::$now ), array( 1 => array( 'file', '/dev/null', 'w' ) ), $pipes );
		}
		array_map( 'proc_close', $tasks );
		wp_cache_flush();
		same( 'commerce_baseline_locked', log_in( $user->user_login, RIGHT ) );
	}
);
