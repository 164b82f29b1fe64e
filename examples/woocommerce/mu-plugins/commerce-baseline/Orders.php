<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * Logs a line for each order that was placed: paid, or promised where payment follows. The dashboard of the store counts
 * these lines. It says nothing about the order, and stands alone on its line, which no request can write.
 */
final class Orders {

	public const LINE = '{"event":"order.placed"}';

	/** An order that was not one yet. A payment that fails and is tried again leads back here. */
	private const BEFORE = array( 'checkout-draft', 'pending', 'failed' );

	private const PLACED = array( 'on-hold', 'processing', 'completed' );

	/** @param callable(string): void $write */
	public function __construct( private $write ) {}

	public function register(): void {
		add_action( 'woocommerce_order_status_changed', array( $this, 'count' ), 10, 3 );
	}

	public function count( mixed $order, string $from, string $to ): void {
		if ( in_array( $from, self::BEFORE, true ) && in_array( $to, self::PLACED, true ) ) {
			( $this->write )( self::LINE );
		}
	}

	/** To the log as it is. PHP's own error_log would put time and address before it, and Apache the referrer behind it. */
	public static function log( string $line ): void {
		file_put_contents( 'php://stderr', $line . "\n" );
	}
}
