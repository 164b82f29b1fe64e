<?php
/**
 * A few words to write tests with, on a real WordPress. Prints one line of JSON for each test: its name, and what is wrong.
 */

declare(strict_types=1);

error_reporting( E_ALL & ~E_DEPRECATED );
$_SERVER['HTTP_HOST']      = 'shop.acme.example';
$_SERVER['REQUEST_METHOD'] = 'GET';
$_SERVER['REQUEST_URI']    = '/';
$_SERVER['REMOTE_ADDR']    = '127.0.0.1';

/** A moment, which a test can move. */
final class Clock {
	public static int $now = 1_800_000_000;
}

function test( string $name, callable $body ): void {
	$wrong = null;
	try {
		$body();
	} catch ( Throwable $error ) {
		$wrong = $error->getMessage() . ' (' . basename( $error->getFile() ) . ':' . $error->getLine() . ')';
	}
	echo json_encode( array( 'name' => $name, 'wrong' => $wrong ) ), "\n";
}

function same( mixed $expected, mixed $actual, string $about = '' ): void {
	if ( $expected !== $actual ) {
		throw new Exception( trim( "$about: expected " . var_export( $expected, true ) . ', and it is ' . var_export( $actual, true ), ': ' ) );
	}
}

function holds( string $part, mixed $whole ): void {
	if ( ! is_string( $whole ) || ! str_contains( $whole, $part ) ) {
		throw new Exception( "expected \"$part\" in " . var_export( $whole, true ) );
	}
}

/** WordPress, with every plugin of the image. */
function wordpress(): void {
	require getenv( 'SHOP_ROOT' ) . '/wp-load.php';
}

/** What the register of stolen passwords answers: these are known, or nobody answers. */
function register_knows( ?array $passwords ): void {
	remove_all_filters( 'pre_http_request' );
	add_filter(
		'pre_http_request',
		static function ( mixed $ignored, array $options, string $address ) use ( $passwords ) {
			if ( null === $passwords ) {
				return new WP_Error( 'http_request_failed', 'out of reach' );
			}
			$lines = array( str_repeat( '0', 35 ) . ':0' );
			foreach ( $passwords as $password ) {
				$hash = strtoupper( sha1( $password ) );
				if ( str_ends_with( $address, '/range/' . substr( $hash, 0, 5 ) ) ) {
					$lines[] = substr( $hash, 5 ) . ':42';
				}
			}
			return array( 'response' => array( 'code' => 200 ), 'body' => implode( "\r\n", $lines ), 'headers' => array(), 'cookies' => array(), 'filename' => null );
		},
		10,
		3
	);
}

/** Somebody new. */
function somebody( string $role, string $password = 'a password of 24 letters' ): WP_User {
	static $count = 0;
	++$count;
	$login = $role . $count . '-' . getmypid();
	$id    = wp_insert_user( array( 'user_login' => $login, 'user_email' => "$login@acme.example", 'user_pass' => $password, 'role' => $role ) );
	if ( is_wp_error( $id ) ) {
		throw new Exception( $id->get_error_message() );
	}
	return get_userdata( $id );
}
