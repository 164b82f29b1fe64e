<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * Refuses requests that log in, sign up or pay by another way than the firewall knows. WooCommerce takes most forms on any
 * page, and WordPress many parameters from query string and body alike: without this, whoever tries passwords or cards
 * would do so where nobody counts.
 */
final class Entrances {

	/** Actions of admin-ajax.php that pay or try a code: the shop's own pages send them to /?wc-ajax= instead. */
	private const PAYING_ACTIONS = array( 'woocommerce_checkout', 'woocommerce_apply_coupon' );

	/** Fields that together make a form of the account page. */
	private const ACCOUNT_FORMS = array(
		array( 'login', 'username', 'password' ),
		array( 'register', 'email' ),
		array( 'wc_reset_password' ),
		array( 'woocommerce_add_payment_method' ),
	);

	/** Fields that together make a form of the checkout page. */
	private const CHECKOUT_FORMS = array(
		array( 'woocommerce_checkout_place_order' ),
		array( 'woocommerce_pay' ),
	);

	public function __construct( private string $account_path, private string $checkout_path ) {}

	public function register(): void {
		add_action( 'plugins_loaded', array( $this, 'refuse' ), PHP_INT_MIN );
	}

	public function refuse(): void {
		if ( 'cli' === PHP_SAPI ) {
			return;
		}
		// phpcs:ignore WordPress.Security.NonceVerification -- nothing is done but refused.
		$objection = $this->objection( $_SERVER, $_GET, $_POST );
		if ( null !== $objection ) {
			error_log( 'commerce-baseline: refused a request: ' . $objection );
			status_header( 400 );
			nocache_headers();
			header( 'Content-Type: text/plain' );
			echo 'This request was refused.';
			exit;
		}
	}

	/** Why a request is refused; null if it is not. */
	public function objection( array $server, array $query, array $body ): ?string {
		$path   = self::path( (string) ( $server['REQUEST_URI'] ?? '/' ) );
		$method = (string) ( $server['REQUEST_METHOD'] ?? 'GET' );
		if ( str_starts_with( $path, '/index.php/' ) ) {
			return 'a path behind index.php';
		}
		if ( 'POST' !== $method && ( isset( $query['_method'] ) || isset( $server['HTTP_X_HTTP_METHOD_OVERRIDE'] ) ) ) {
			return "another method behind $method";
		}
		if ( isset( $query['rest_route'] ) || isset( $body['rest_route'] ) ) {
			return 'a route of the REST API as a parameter';
		}
		$action = $query['wc-ajax'] ?? null;
		if ( null !== $action && ! ( is_string( $action ) && preg_match( '/^[A-Za-z0-9_-]*$/', $action ) ) ) {
			return 'an action of WooCommerce in disguise';
		}
		if ( str_ends_with( $path, '/admin-ajax.php' ) && in_array( $body['action'] ?? $query['action'] ?? '', self::PAYING_ACTIONS, true ) ) {
			return 'a payment through admin-ajax.php';
		}
		$at_account  = $this->is_below( $path, $this->account_path );
		$at_checkout = $this->is_below( $path, $this->checkout_path );
		if ( self::has_any( self::ACCOUNT_FORMS, $body ) && ! $at_account && ! $at_checkout ) {
			return 'a form of the account page elsewhere';
		}
		if ( self::has_any( self::CHECKOUT_FORMS, $body ) && ! $at_checkout && 'checkout' !== $action ) {
			return 'a form of the checkout page elsewhere';
		}
		return null;
	}

	private function is_below( string $path, string $page ): bool {
		$page = strtolower( rtrim( $page, '/' ) );
		return $path === $page || str_starts_with( $path, $page . '/' );
	}

	private static function has_any( array $forms, array $body ): bool {
		foreach ( $forms as $fields ) {
			if ( array() === array_diff( $fields, array_keys( $body ) ) ) {
				return true;
			}
		}
		return false;
	}

	/** The path as the firewall sees it: decoded once, in small letters, without repeated slashes. */
	private static function path( string $address ): string {
		$path = strtolower( rawurldecode( explode( '?', $address, 2 )[0] ) );
		return rtrim( (string) preg_replace( '#/{2,}#', '/', $path ), '/' ) ?: '/';
	}
}
