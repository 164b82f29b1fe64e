<?php
declare(strict_types=1);

use CommerceBaseline\IdleTimeout;

require __DIR__ . '/harness.php';
wordpress();

// Sessions end by WordPress's clock as well, so that this one begins where that one is.
Clock::$now = time();
remove_all_filters( 'determine_current_user', 30 );
remove_all_filters( 'attach_session_information', 10 );
( new IdleTimeout( static fn(): int => Clock::$now ) )->register();
add_filter( 'send_auth_cookies', '__return_false' );

/** Gives somebody the cookies of a new session. */
function come_in( WP_User $user ): void {
	$token    = WP_Session_Tokens::get_instance( $user->ID )->create( time() + DAY_IN_SECONDS );
	$_COOKIE  = array();
	$schemes  = array( 'logged_in' => LOGGED_IN_COOKIE, 'secure_auth' => SECURE_AUTH_COOKIE );
	foreach ( $schemes as $scheme => $name ) {
		$_COOKIE[ $name ] = wp_generate_auth_cookie( $user->ID, time() + DAY_IN_SECONDS, $scheme, $token );
	}
}

/** Who a request with these cookies comes from. */
function comes_from(): int {
	return (int) apply_filters( 'determine_current_user', false );
}

foreach ( array( 'administrator', 'shop_manager' ) as $role ) {
	test(
		"a session of a $role ends after 15 minutes without use",
		static function () use ( $role ): void {
			$user = somebody( $role );
			come_in( $user );
			Clock::$now += 15 * 60;
			same( $user->ID, comes_from() );
			Clock::$now += 15 * 60 + 1;
			same( 0, comes_from() );
			same( array(), WP_Session_Tokens::get_instance( $user->ID )->get_all(), 'and does not come back' );
		}
	);
}

test(
	'use keeps it open',
	static function (): void {
		$user = somebody( 'administrator' );
		come_in( $user );
		for ( $times = 0; $times < 6; $times++ ) {
			Clock::$now += 10 * 60;
			same( $user->ID, comes_from() );
		}
	}
);

test(
	'a session of a customer stays',
	static function (): void {
		$user = somebody( 'customer' );
		come_in( $user );
		Clock::$now += 3 * 3600;
		same( $user->ID, comes_from() );
	}
);

test(
	'each session ends for itself',
	static function (): void {
		$user = somebody( 'administrator' );
		come_in( $user );
		$first = $_COOKIE;
		Clock::$now += 10 * 60;
		come_in( $user );
		Clock::$now += 10 * 60;
		same( $user->ID, comes_from() );
		$_COOKIE = $first;
		same( 0, comes_from() );
		same( 1, count( WP_Session_Tokens::get_instance( $user->ID )->get_all() ) );
	}
);

test(
	'what an open page sends by itself is no use',
	static function (): void {
		$user = somebody( 'administrator' );
		come_in( $user );
		define( 'DOING_AJAX', true );
		$_REQUEST['action'] = 'heartbeat';
		Clock::$now += 10 * 60;
		same( $user->ID, comes_from() );
		Clock::$now += 6 * 60;
		same( 0, comes_from() );
	}
);
