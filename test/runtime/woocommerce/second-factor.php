<?php
declare(strict_types=1);

use CommerceBaseline\PresentSession;
use CommerceBaseline\SecondFactor;
use CommerceBaseline\SecretBox;
use CommerceBaseline\Totp;

require __DIR__ . '/harness.php';
wordpress();

foreach ( array( 'authenticate' => 900, 'user_has_cap' => PHP_INT_MAX, 'attach_session_information' => 10 ) as $hook => $priority ) {
	remove_all_filters( $hook, $priority );
}
$factor = new SecondFactor( new SecretBox( (string) getenv( 'SECOND_FACTOR_KEY' ) ), static fn(): int => Clock::$now );
$factor->register();
add_filter( 'send_auth_cookies', '__return_false' );

const RIGHT = 'a password of 24 letters';

/** The code that the app shows now, or so many periods later. */
function code( string $secret, int $later = 0 ): string {
	return Totp::code( $secret, intdiv( Clock::$now, 30 ) + $later );
}

/** Somebody of the staff with an authenticator, and its secret. */
function enrolled( SecondFactor $factor ): array {
	$user   = somebody( 'shop_manager' );
	$secret = $factor->begin( $user->ID );
	$codes  = $factor->confirm( $user->ID, code( $secret ) );
	Clock::$now += 30;
	return array( $user, $secret, $codes );
}

function log_in( WP_User $user, string $password, ?string $code ): string {
	$_POST  = null === $code ? array() : array( SecondFactor::FIELD => $code );
	$result = wp_authenticate( $user->user_login, $password );
	$_POST  = array();
	return is_wp_error( $result ) ? (string) $result->get_error_code() : 'in';
}

/** Begins a session as WordPress does after a login. */
function begin_session( WP_User $user ): void {
	wp_set_auth_cookie( $user->ID );
	wp_set_current_user( $user->ID );
}

function end_session(): void {
	wp_clear_auth_cookie();
	wp_set_current_user( 0 );
}

test(
	'a customer needs no code, and neither does staff before enrolling',
	static function (): void {
		same( 'in', log_in( somebody( 'customer' ), RIGHT, null ) );
		same( 'in', log_in( somebody( 'shop_manager' ), RIGHT, null ) );
	}
);

test(
	'enrolled staff need password and code, and learn not which was wrong',
	static function () use ( $factor ): void {
		list( $user, $secret ) = enrolled( $factor );
		same( 'commerce_baseline_second_factor', log_in( $user, RIGHT, null ) );
		same( 'commerce_baseline_second_factor', log_in( $user, RIGHT, '000000' === code( $secret ) ? '000001' : '000000' ) );
		same( 'incorrect_password', log_in( $user, 'wrong', code( $secret ) ) );
		same( 'in', log_in( $user, RIGHT, code( $secret ) ) );
	}
);

test(
	'a code works once, and none that is older than one that was used',
	static function () use ( $factor ): void {
		list( $user, $secret ) = enrolled( $factor );
		$before                = code( $secret, -1 );
		same( true, $factor->accept( $user->ID, code( $secret ) ) );
		same( false, $factor->accept( $user->ID, code( $secret ) ) );
		same( false, $factor->accept( $user->ID, $before ) );
		Clock::$now += 30;
		same( true, $factor->accept( $user->ID, code( $secret ) ) );
	}
);

test(
	'the code that enrolled opens nothing again',
	static function () use ( $factor ): void {
		$user   = somebody( 'administrator' );
		$secret = $factor->begin( $user->ID );
		same( $secret, $factor->begin( $user->ID ), 'the secret stays until it is confirmed' );
		same( null, $factor->confirm( $user->ID, 'abcdef' ) );
		same( 10, count( $factor->confirm( $user->ID, code( $secret ) ) ) );
		same( false, $factor->accept( $user->ID, code( $secret ) ) );
	}
);

test(
	'a recovery code works once, as it was written down or typed',
	static function () use ( $factor ): void {
		list( $user, , $codes ) = enrolled( $factor );
		same( true, $factor->accept( $user->ID, $codes[0] ) );
		same( false, $factor->accept( $user->ID, $codes[0] ) );
		same( true, $factor->accept( $user->ID, strtolower( str_replace( '-', ' ', $codes[1] ) ) ) );
		list( $other ) = enrolled( $factor );
		same( false, $factor->accept( $other->ID, $codes[2] ), "somebody else's" );
	}
);

test(
	'the database holds neither the secret nor a recovery code',
	static function () use ( $factor ): void {
		global $wpdb;
		list( $user, $secret, $codes ) = enrolled( $factor );
		$stored                        = implode( "\n", $wpdb->get_col( $wpdb->prepare( "SELECT meta_value FROM {$wpdb->usermeta} WHERE user_id = %d", $user->ID ) ) );
		foreach ( array( $secret, Totp::base32( $secret ), base64_encode( $secret ), $codes[0], str_replace( '-', '', $codes[0] ) ) as $text ) {
			same( false, str_contains( $stored, $text ) );
		}
	}
);

test(
	'a stored secret is of no use in the row of somebody else',
	static function () use ( $factor ): void {
		list( $thief, $secret ) = enrolled( $factor );
		list( $victim )         = enrolled( $factor );
		update_user_meta( $victim->ID, '_commerce_baseline_totp', get_user_meta( $thief->ID, '_commerce_baseline_totp', true ) );
		same( false, $factor->accept( $victim->ID, code( $secret, 1 ) ) );
	}
);

test(
	'whoever is enrolled is not enrolled again',
	static function () use ( $factor ): void {
		list( $user ) = enrolled( $factor );
		$second       = $factor->begin( $user->ID );
		same( null, $factor->confirm( $user->ID, code( $second, 1 ) ) );
	}
);

test(
	'before enrolling, staff may do nothing, in whatever session',
	static function () use ( $factor ): void {
		$user = somebody( 'administrator' );
		begin_session( $user );
		same( array( true, false, false ), array_map( 'current_user_can', array( 'read', 'manage_options', 'edit_posts' ) ) );
		$factor->confirm( $user->ID, code( $factor->begin( $user->ID ) ) );
		same( array( true, true, true ), array_map( 'current_user_can', array( 'read', 'manage_options', 'edit_posts' ) ) );
		end_session();
	}
);

test(
	'a session without a code gives no right: after a password reset, by another plugin',
	static function () use ( $factor ): void {
		list( $user, $secret ) = enrolled( $factor );
		begin_session( $user );
		same( false, current_user_can( 'manage_woocommerce' ) );
		same( true, $factor->accept( $user->ID, code( $secret ) ) );
		$factor->mark_present_session( $user->ID );
		same( true, current_user_can( 'manage_woocommerce' ) );
		end_session();
	}
);

test(
	'a session that began with a code gives them at once',
	static function () use ( $factor ): void {
		list( $user, $secret ) = enrolled( $factor );
		same( 'in', log_in( $user, RIGHT, code( $secret ) ) );
		begin_session( $user );
		same( true, current_user_can( 'manage_woocommerce' ) );
		end_session();
	}
);

test(
	'what others may do is none of it, and customers lose nothing',
	static function () use ( $factor ): void {
		$user     = somebody( 'administrator' );
		$customer = somebody( 'customer' );
		begin_session( $user );
		same( true, user_can( $customer, 'read' ) );
		same( true, user_can( somebody( 'administrator' ), 'manage_options' ) );
		end_session();
		begin_session( $customer );
		same( false, $factor->is_confined( $customer ) );
		end_session();
	}
);

test(
	'a role of its own with one right more is staff',
	static function () use ( $factor ): void {
		add_role( 'picker', 'Picker', array( 'read' => true, 'view_orders' => true ) );
		$picker = somebody( 'picker' );
		begin_session( $picker );
		same( false, current_user_can( 'view_orders' ) );
		end_session();
	}
);

test(
	'a lost authenticator is taken away with every session',
	static function () use ( $factor ): void {
		list( $user, , $codes ) = enrolled( $factor );
		begin_session( $user );
		$factor->forget( $user->ID );
		same( false, $factor->is_enrolled( $user->ID ) );
		same( array(), WP_Session_Tokens::get_instance( $user->ID )->get_all() );
		same( false, $factor->accept( $user->ID, $codes[0] ) );
		end_session();
	}
);

test(
	'passwords of applications, which know no code, do not exist',
	static function (): void {
		same( false, wp_is_application_passwords_available() );
	}
);

test(
	'the same code from several tasks at once lets one in',
	static function () use ( $factor ): void {
		list( $user, $secret ) = enrolled( $factor );
		$tasks                 = array();
		foreach ( range( 1, 6 ) as $task ) {
			$pipes           = array();
			$tasks[ $task ]  = proc_open( array( PHP_BINARY, __DIR__ . '/show-code.php', (string) $user->ID, code( $secret ), (string) Clock::$now ), array( 1 => array( 'pipe', 'w' ) ), $pipes );
			$answers[ $task ] = $pipes[1];
		}
		same( 1, count( array_filter( array_map( 'stream_get_contents', $answers ), static fn( string $answer ): bool => 'in' === $answer ) ) );
		array_map( 'proc_close', $tasks );
	}
);

test(
	'the session counts by whose cookie somebody was let in',
	static function (): void {
		$user = somebody( 'administrator' );
		wp_set_auth_cookie( $user->ID );
		$token = array_key_last( get_user_meta( $user->ID, 'session_tokens', true ) );
		same( true, PresentSession::exists( $user->ID ) );
		same( 64, strlen( (string) $token ) );
		PresentSession::forget();
		same( false, PresentSession::exists( $user->ID ) );
	}
);
