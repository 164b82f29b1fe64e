<?php
declare(strict_types=1);

use CommerceBaseline\Entrances;

require __DIR__ . '/harness.php';
wordpress();

/** Whether a request is refused. */
function refused( string $address, array $body = array(), string $method = 'POST', array $headers = array() ): bool {
	parse_str( (string) parse_url( "https://shop$address", PHP_URL_QUERY ), $query );
	$server    = array( 'REQUEST_URI' => $address, 'REQUEST_METHOD' => $method ) + $headers;
	$entrances = new Entrances( '/my-account', '/checkout' );
	return null !== $entrances->objection( $server, $query, $body );
}

const LOGIN    = array( 'login' => 'Log in', 'username' => 'a', 'password' => 'b' );
const ORDER    = array( 'woocommerce_checkout_place_order' => '1' );
const REGISTER = array( 'register' => 'Register', 'email' => 'a@acme.example' );

$allowed = array(
	'a page'                             => array( '/', array(), 'GET' ),
	'a log-in on its page'               => array( '/my-account/', LOGIN ),
	'a log-in on the way to pay'         => array( '/checkout/', LOGIN ),
	'a sign-up'                          => array( '/My-Account/', REGISTER ),
	'a new password'                     => array( '/my-account/lost-password/', array( 'wc_reset_password' => 'true' ) ),
	'an order without a script'          => array( '/checkout/', ORDER ),
	'an order'                           => array( '/?wc-ajax=checkout', ORDER ),
	'an order that waits'                => array( '/checkout/order-pay/12/?key=wc_1', array( 'woocommerce_pay' => '1' ) ),
	'a card'                             => array( '/my-account/add-payment-method/', array( 'woocommerce_add_payment_method' => '1' ) ),
	'a script of the shop'               => array( '/wp-admin/admin-ajax.php', array( 'action' => 'heartbeat' ) ),
	'a change by the block editor'       => array( '/wp-json/wp/v2/pages/12', array(), 'POST', array( 'HTTP_X_HTTP_METHOD_OVERRIDE' => 'PUT' ) ),
	'the log-in of staff'                => array( '/wp-login.php', array( 'log' => 'a', 'pwd' => 'b' ) ),
);
foreach ( $allowed as $name => $request ) {
	test( "$name is let through", static fn() => same( false, refused( ...$request ) ) );
}

$refused = array(
	'a log-in on another page'           => array( '/shop/', LOGIN ),
	'a log-in beside a webhook'          => array( '/?wc-api=x', LOGIN ),
	'a log-in on a page of that name'    => array( '/my-accountant/', LOGIN ),
	'a sign-up on another page'          => array( '/', REGISTER ),
	'a new password on another page'     => array( '/', array( 'wc_reset_password' => 'true' ) ),
	'an order on another page'           => array( '/cart/', ORDER ),
	'an order in another action'         => array( '/?wc-ajax=get_refreshed_fragments', ORDER ),
	'an order through admin-ajax'        => array( '/wp-admin/admin-ajax.php', array( 'action' => 'woocommerce_checkout' ) ),
	'an order through it by query'       => array( '/wp-admin//admin-ajax.php?action=woocommerce_checkout' ),
	'an order in disguise'               => array( '/?wc-ajax=check%3Cb%3Eout' ),
	'an order with a blank'              => array( '/?wc-ajax=%20checkout' ),
	'an order in an array'               => array( '/?wc-ajax[]=checkout' ),
	'a payment by parameter'             => array( '/?order-pay=12&key=wc_1', array( 'woocommerce_pay' => '1' ) ),
	'a route as a parameter'             => array( '/?rest_route=/wc/store/v1/checkout' ),
	'a route as a parameter PHP renames' => array( '/?rest.route=/wc/store/v1/checkout' ),
	'a route in the body'                => array( '/', array( 'rest_route' => '/wc/store/v1/checkout' ) ),
	'another method by query'            => array( '/wp-json/wc/store/v1/checkout?_method=POST', array(), 'GET' ),
	'another method by header'           => array( '/wp-json/wc/store/v1/checkout', array(), 'GET', array( 'HTTP_X_HTTP_METHOD_OVERRIDE' => 'POST' ) ),
	'a path behind index.php'            => array( '/index.php/wp-json/wc/store/v1/checkout' ),
	'the same, spelled otherwise'        => array( '//Index%2Ephp/wp-json/wc/store/v1/checkout' ),
);
foreach ( $refused as $name => $request ) {
	test( "$name is refused", static fn() => same( true, refused( ...$request ) ) );
}
