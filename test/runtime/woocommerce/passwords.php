<?php
declare(strict_types=1);

use CommerceBaseline\BreachedPasswords;
use CommerceBaseline\PasswordPolicy;

require __DIR__ . '/harness.php';
wordpress();

const LONG   = 'correct horse battery';
const STOLEN = 'password1234';

/** What a form says about a password. */
function said_by( string $form, string $password, array $around = array() ): string {
	$errors = new WP_Error();
	switch ( $form ) {
		case 'profile':
			$user            = (object) ( $around + array( 'ID' => 0, 'role' => 'shop_manager' ) );
			$user->user_pass = wp_slash( $password );
			do_action_ref_array( 'user_profile_update_errors', array( &$errors, 0 !== $user->ID, &$user ) );
			break;
		case 'reset':
		case 'reset of WooCommerce':
			$_POST = array( 'reset' === $form ? 'pass1' : 'password_1' => wp_slash( $password ) );
			do_action( 'validate_password_reset', $errors, $around['user'] ?? new WP_User() );
			$_POST = array();
			break;
		case 'account details':
			$user = (object) ( $around + array( 'ID' => 0, 'user_pass' => wp_slash( $password ) ) );
			do_action_ref_array( 'woocommerce_save_account_details_errors', array( &$errors, &$user ) );
			break;
		case 'sign-up':
			$errors = apply_filters( 'woocommerce_process_registration_errors', $errors, 'somebody', wp_slash( $password ), 'somebody@acme.example' );
			break;
		case 'checkout':
			do_action( 'woocommerce_after_checkout_validation', array( 'createaccount' => 1, 'account_password' => $password ), $errors );
			break;
	}
	return implode( ' ', $errors->get_error_messages() );
}

/** What a route of the REST API says about a request. */
function said_at( string $route, array $parameters ): string {
	$request = new WP_REST_Request( 'POST', $route );
	$request->set_body_params( $parameters );
	$response = apply_filters( 'rest_request_before_callbacks', null, array(), $request );
	return is_wp_error( $response ) ? $response->get_error_message() : '';
}

register_knows( array( STOLEN ) );

foreach ( array( 'profile', 'reset', 'reset of WooCommerce', 'account details', 'sign-up', 'checkout' ) as $form ) {
	test(
		"$form: short and stolen passwords are refused",
		static function () use ( $form ): void {
			holds( 'at least 12', said_by( $form, 'elevenchars' ) );
			holds( 'data breach', said_by( $form, STOLEN ) );
			same( '', said_by( $form, LONG . ' 7' ) );
		}
	);
}

$routes = array(
	'/wp/v2/users'                   => 'password',
	'/wc/v3/customers'               => 'password',
	'/wc/v3/customers/12'            => 'password',
	'/wc/store/v1/checkout'          => 'customer_password',
	'/wc/store/checkout'             => 'customer_password',
);
foreach ( $routes as $route => $field ) {
	test(
		"$route: short and stolen passwords are refused",
		static function () use ( $route, $field ): void {
			holds( 'at least 12', said_at( $route, array( $field => 'elevenchars' ) ) );
			holds( 'data breach', said_at( $route, array( $field => STOLEN ) ) );
			same( '', said_at( $route, array( $field => LONG . ' 7' ) ) );
			same( '', said_at( $route, array() ) );
		}
	);
}

test(
	'a list of changes is looked at entry by entry, and other routes not at all',
	static function (): void {
		$list = array( 'create' => array( array( 'password' => LONG ), array( 'password' => 'short' ) ) );
		holds( 'at least 12', said_at( '/wc/v3/customers/batch', $list ) );
		same( '', said_at( '/wp/v2/posts', array( 'password' => 'short' ) ) );
	}
);

test(
	'an account by any other way needs a long password, too',
	static function (): void {
		$made = wp_insert_user( array( 'user_login' => 'other-way', 'user_email' => 'other-way@acme.example', 'user_pass' => 'short' ) );
		same( true, is_wp_error( $made ) );
		same( false, username_exists( 'other-way' ) );
	}
);

test(
	'a password of staff holds letters and digits',
	static function (): void {
		$manager = somebody( 'shop_manager' );
		holds( 'letters and digits', said_by( 'reset', LONG, array( 'user' => $manager ) ) );
		holds( 'letters and digits', said_by( 'reset', '123456789012', array( 'user' => $manager ) ) );
		holds( 'letters and digits', said_at( "/wp/v2/users/$manager->ID", array( 'id' => $manager->ID, 'password' => LONG ) ) );
		holds( 'letters and digits', said_at( '/wp/v2/users', array( 'roles' => array( 'administrator' ), 'password' => LONG ) ) );
		same( '', said_by( 'reset', LONG, array( 'user' => somebody( 'customer' ) ) ) );
	}
);

test(
	'staff use none of their last four passwords again, however they changed them',
	static function (): void {
		$manager = somebody( 'shop_manager', 'first password 1' );
		wp_update_user( array( 'ID' => $manager->ID, 'user_pass' => 'second password 2' ) );
		reset_password( get_userdata( $manager->ID ), 'third "password" 3' );
		wp_update_user( array( 'ID' => $manager->ID, 'user_pass' => 'fourth password 4' ) );
		$says = static fn( string $password ): string => said_by( 'reset', $password, array( 'user' => get_userdata( $manager->ID ) ) );
		foreach ( array( 'first password 1', 'second password 2', 'third "password" 3', 'fourth password 4' ) as $former ) {
			holds( 'last four', $says( $former ) );
		}
		wp_update_user( array( 'ID' => $manager->ID, 'user_pass' => 'fifth password 5' ) );
		same( '', $says( 'first password 1' ) );
		holds( 'last four', $says( 'second password 2' ) );
	}
);

test(
	'when nobody can say whether a password was stolen, staff wait and customers do not',
	static function (): void {
		$manager = somebody( 'shop_manager' );
		register_knows( null );
		holds( 'Try again', said_by( 'reset', LONG . ' 7', array( 'user' => $manager ) ) );
		same( '', said_by( 'sign-up', STOLEN ) );
		holds( 'at least 12', said_by( 'sign-up', 'short' ) );
		register_knows( array( STOLEN ) );
	}
);

test(
	'the register is told five digits of a hash, and its padding is no password',
	static function (): void {
		$asked    = array();
		$answer   = '';
		$register = new BreachedPasswords(
			static function ( string $address ) use ( &$asked, &$answer ): ?string {
				$asked[] = $address;
				return $answer;
			}
		);
		$rest     = substr( strtoupper( sha1( STOLEN ) ), 5 );
		foreach ( array( "$rest:3" => true, "$rest:0" => false, strtolower( $rest ) . ':3' => null, 'Service unavailable' => null, '' => null ) as $answer => $known ) {
			same( $known, $register->include( STOLEN ), $answer );
		}
		same( array( 'https://api.pwnedpasswords.com/range/' . substr( strtoupper( sha1( STOLEN ) ), 0, 5 ) ), array_unique( $asked ) );
	}
);

test(
	'letters count, not bytes',
	static function (): void {
		$policy = new PasswordPolicy( new BreachedPasswords( static fn(): string => str_repeat( '0', 35 ) . ':0' ) );
		holds( 'at least 12', $policy->objection( 'ñññññññññññ', null ) );
		same( null, $policy->objection( 'ññññññññññññ', null ) );
	}
);
