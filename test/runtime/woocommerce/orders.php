<?php
declare(strict_types=1);

use CommerceBaseline\Orders;

require __DIR__ . '/harness.php';
wordpress();

/** Lines that are written while an order goes through `statuses`. */
function lines_of( string ...$statuses ): array {
	$lines = array();
	remove_all_actions( 'woocommerce_order_status_changed' );
	$write = static function ( string $line ) use ( &$lines ): void {
		$lines[] = $line;
	};
	( new Orders( $write ) )->register();
	foreach ( array_slice( $statuses, 1 ) as $index => $to ) {
		do_action( 'woocommerce_order_status_changed', 7, $statuses[ $index ], $to, null );
	}
	return $lines;
}

test(
	'the plugin listens, and its line is what the profile counts',
	static function (): void {
		same( true, has_action( 'woocommerce_order_status_changed' ) );
		same( array( 'event' => 'order.placed' ), json_decode( Orders::LINE, true ) );
	}
);

test(
	'an order is counted once: paid at once, paid later, paid at the second attempt',
	static function (): void {
		foreach (
			array(
				array( 'pending', 'processing', 'completed', 'refunded' ),
				array( 'pending', 'on-hold', 'processing', 'completed' ),
				array( 'checkout-draft', 'pending', 'failed', 'pending', 'processing' ),
				array( 'pending', 'completed' ),
			) as $statuses
		) {
			same( array( Orders::LINE ), lines_of( ...$statuses ), implode( ' → ', $statuses ) );
		}
	}
);

test(
	'what was never placed is not counted',
	static function (): void {
		same( array(), lines_of( 'checkout-draft', 'pending', 'failed', 'cancelled' ) );
	}
);
