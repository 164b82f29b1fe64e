<?php
declare(strict_types=1);

use CommerceBaseline\ContentPolicy;

require __DIR__ . '/harness.php';
wordpress();

function policy( string $policy ): ContentPolicy {
	return new ContentPolicy( $policy, 'N0nce' );
}

test(
	'scripts of the shop need the nonce, those of the dashboard do not',
	static function (): void {
		$policy = policy( "default-src 'self'; script-src 'self' https://js.stripe.com; object-src 'none'" );
		same( "default-src 'self'; script-src 'self' https://js.stripe.com 'nonce-N0nce'; object-src 'none'; upgrade-insecure-requests", $policy->for_shop() );
		holds( "script-src 'self' https://js.stripe.com 'unsafe-inline' 'unsafe-eval';", $policy->for_dashboard() );
	}
);

test(
	'a policy without scripts allows what holds for everything',
	static function (): void {
		holds( "; script-src 'self' 'nonce-N0nce';", policy( "default-src 'self'; object-src 'none'" )->for_shop() );
		holds( "default-src 'self';", policy( "default-src 'self'" )->for_shop() );
	}
);

test(
	'what a store has opened on purpose stays open: browsers ignore it beside a nonce',
	static function (): void {
		holds( "script-src 'self' 'unsafe-inline';", policy( "script-src 'self' 'unsafe-inline'" )->for_shop() );
	}
);

test(
	'scripts of WordPress and of WooCommerce carry it',
	static function (): void {
		holds( ' nonce="', wp_get_inline_script_tag( 'x()' ) );
		holds( '<script nonce="', apply_filters( 'woocommerce_queued_js', '<script type="text/javascript">x()</script>' ) );
		same( 24, strlen( ContentPolicy::nonce() ) );
		same( false, ContentPolicy::nonce() === ContentPolicy::nonce() );
	}
);
