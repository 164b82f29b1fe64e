<?php
/**
 * Plugin Name: Commerce baseline
 * Description: Passwords, second factors, lock-out, idle sessions, mail and page policy of a shop that runs from an image.
 *
 * A must-use plugin: nobody can switch it off in the dashboard. What it promises stands in docs/WOOCOMMERCE.md.
 */

declare(strict_types=1);

namespace CommerceBaseline;

defined( 'ABSPATH' ) || exit;

spl_autoload_register(
	static function ( string $class_name ): void {
		if ( str_starts_with( $class_name, __NAMESPACE__ . '\\' ) ) {
			require __DIR__ . '/commerce-baseline/' . substr( $class_name, strlen( __NAMESPACE__ ) + 1 ) . '.php';
		}
	}
);

$lockout       = new Lockout( 'time' );
$second_factor = new SecondFactor( new SecretBox( (string) getenv( 'SECOND_FACTOR_KEY' ) ), 'time' );

( new StaticImage() )->register();
( new Entrances( (string) getenv( 'ACCOUNT_PATH' ), (string) getenv( 'CHECKOUT_PATH' ) ) )->register();
( new PasswordPolicy( new BreachedPasswords( array( BreachedPasswords::class, 'fetch' ) ) ) )->register();
PresentSession::register();
$lockout->register();
$second_factor->register();
( new SecondFactorPage( $second_factor, $lockout ) )->register();
( new IdleTimeout( 'time' ) )->register();
( new Mail() )->register();
( new Orders( array( Orders::class, 'log' ) ) )->register();
( new ContentPolicy( (string) getenv( 'CONTENT_SECURITY_POLICY' ), ContentPolicy::nonce() ) )->register();

if ( defined( 'WP_CLI' ) && \WP_CLI ) {
	\WP_CLI::add_command( 'shop', new Commands( $second_factor ) );
}
