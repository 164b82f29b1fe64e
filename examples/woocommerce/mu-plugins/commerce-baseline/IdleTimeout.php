<?php
declare(strict_types=1);

namespace CommerceBaseline;

/** Ends sessions of staff after 15 minutes without use: PCI DSS 8.2.8. Customers stay as WordPress lets them. */
final class IdleTimeout {

	private const SECONDS = 15 * 60;

	/** A use is written down once a minute at most. */
	private const PRECISION = 60;

	/** @var callable(): int */
	private $clock;

	/** @param callable(): int $clock */
	public function __construct( callable $clock ) {
		$this->clock = $clock;
	}

	public function register(): void {
		// After WordPress has looked at its cookies, and before anybody is told who is there.
		add_filter( 'determine_current_user', array( $this, 'end_if_idle' ), 30, 1 );
		add_filter( 'attach_session_information', array( $this, 'begin' ), 10, 1 );
	}

	public function begin( array $session ): array {
		return array( 'used' => ( $this->clock )() ) + $session;
	}

	public function end_if_idle( mixed $user_id ): mixed {
		$user = $user_id && PresentSession::exists( (int) $user_id ) ? get_userdata( (int) $user_id ) : false;
		if ( ! $user instanceof \WP_User || ! Staff::includes( $user ) ) {
			return $user_id;
		}
		$now  = ( $this->clock )();
		$used = (int) ( PresentSession::of( $user->ID )['used'] ?? 0 );
		if ( $now - $used > self::SECONDS ) {
			PresentSession::end( $user->ID );
			return false;
		}
		if ( $now - $used >= self::PRECISION && ! self::is_background() ) {
			PresentSession::change( $user->ID, array( 'used' => $now ) );
		}
		return $user_id;
	}

	/** What an open page sends by itself is no use: an unattended desk would never be logged out. */
	private static function is_background(): bool {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- nothing is changed.
		$action = $_REQUEST['action'] ?? '';
		return defined( 'DOING_AJAX' ) && in_array( $action, array( 'heartbeat', 'wp-remove-post-lock' ), true );
	}
}
