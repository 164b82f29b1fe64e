<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * Sends the content security policy of the store with a nonce that every script of WordPress's own functions carries. A
 * script that somebody smuggles into a page has none, and does not run: PCI DSS 6.4.3.
 *
 * The dashboard cannot live with that: its pages are full of scripts, and it builds templates at run time. There scripts
 * come from named hosts, or stand in the page.
 */
final class ContentPolicy {

	/** @param string $policy As the header carries it; without one nothing is sent, and CloudFront's policy holds. */
	public function __construct( private string $policy, private string $nonce ) {}

	public static function nonce(): string {
		return rtrim( strtr( base64_encode( random_bytes( 18 ) ), '+/', '-_' ), '=' );
	}

	public function register(): void {
		if ( '' === $this->policy ) {
			return;
		}
		add_filter( 'wp_headers', array( $this, 'add_header' ), PHP_INT_MAX );
		add_action( 'login_init', array( $this, 'send_for_shop' ) );
		add_action( 'admin_init', array( $this, 'send_for_dashboard' ), 0 );
		add_filter( 'wp_script_attributes', array( $this, 'mark' ) );
		add_filter( 'wp_inline_script_attributes', array( $this, 'mark' ) );
		// WooCommerce prints this one by hand.
		add_filter( 'woocommerce_queued_js', array( $this, 'mark_printed' ) );
		add_action( 'init', array( $this, 'replace_printed' ), PHP_INT_MAX );
	}

	public function for_shop(): string {
		return $this->with_scripts( "'nonce-$this->nonce'" );
	}

	public function for_dashboard(): string {
		return $this->with_scripts( "'unsafe-inline' 'unsafe-eval'" );
	}

	public function add_header( array $headers ): array {
		return array( 'Content-Security-Policy' => $this->for_shop() ) + $headers;
	}

	public function send_for_shop(): void {
		header( 'Content-Security-Policy: ' . $this->for_shop() );
	}

	public function send_for_dashboard(): void {
		if ( ! headers_sent() ) {
			header( 'Content-Security-Policy: ' . $this->for_dashboard() );
		}
	}

	public function mark( array $attributes ): array {
		return array( 'nonce' => $this->nonce ) + $attributes;
	}

	public function mark_printed( string $html ): string {
		return str_replace( '<script', '<script nonce="' . esc_attr( $this->nonce ) . '"', $html );
	}

	/** WooCommerce tells style sheets by hand, too, that scripts run. */
	public function replace_printed(): void {
		if ( remove_action( 'wp_footer', 'wc_no_js' ) ) {
			add_action(
				'wp_footer',
				static function (): void {
					wp_print_inline_script_tag( "document.body.className = document.body.className.replace( /woocommerce-no-js/, 'woocommerce-js' );" );
				}
			);
		}
	}

	/** Sources of scripts start from what holds without them, as browsers read a policy. */
	private function with_scripts( string $sources ): string {
		$directives = array();
		foreach ( array_filter( array_map( 'trim', explode( ';', $this->policy ) ) ) as $directive ) {
			list( $name, $value )  = explode( ' ', $directive, 2 ) + array( 1 => '' );
			$directives[ $name ] = $value;
		}
		$present = $directives['script-src'] ?? $directives['default-src'] ?? "'self'";
		// Beside a nonce browsers ignore what a store has opened on purpose.
		$is_open                  = str_contains( $present, "'unsafe-inline'" ) && str_contains( $sources, 'nonce' );
		$directives['script-src'] = $is_open ? $present : "$present $sources";
		$rendered                 = array_map( static fn( string $name, string $value ): string => trim( "$name $value" ), array_keys( $directives ), $directives );
		return implode( '; ', $rendered ) . '; upgrade-insecure-requests';
	}
}
