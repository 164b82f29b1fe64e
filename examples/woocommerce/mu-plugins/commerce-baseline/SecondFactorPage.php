<?php
declare(strict_types=1);

namespace CommerceBaseline;

/** The page on which staff enrol a second factor, and show one that a session still lacks. Every other page leads here. */
final class SecondFactorPage {

	private const SLUG = 'second-factor';
	private const NONCE = 'commerce-baseline-second-factor';

	/** @var string[]|null Recovery codes that were made in this request. */
	private ?array $recovery_codes = null;

	private bool $was_wrong = false;

	public function __construct( private SecondFactor $second_factor, private Lockout $lockout ) {}

	public function register(): void {
		add_action( 'admin_menu', array( $this, 'add' ) );
		add_action( 'admin_init', array( $this, 'take' ), 1 );
		add_action( 'admin_init', array( $this, 'lead_here' ), 2 );
		// WordPress refuses pages that somebody has no right to before it comes to that.
		add_action( 'admin_page_access_denied', array( $this, 'lead_here' ), 2 );
		// WooCommerce sends whoever has no rights away from the dashboard, and this page with it.
		add_filter( 'woocommerce_prevent_admin_access', array( $this, 'let_in' ), PHP_INT_MAX );
	}

	public function add(): void {
		if ( Staff::includes( wp_get_current_user() ) ) {
			add_menu_page( 'Second factor', 'Second factor', 'read', self::SLUG, array( $this, 'show' ), 'dashicons-shield', 99 );
		}
	}

	public function let_in( bool $prevented ): bool {
		return $prevented && ! $this->second_factor->is_confined( wp_get_current_user() );
	}

	public function lead_here(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- nothing is changed.
		$is_here = self::SLUG === ( $_GET['page'] ?? '' );
		if ( ! $is_here && ! wp_doing_ajax() && $this->second_factor->is_confined( wp_get_current_user() ) ) {
			wp_safe_redirect( self::address() );
			exit;
		}
	}

	public function take(): void {
		if ( ! isset( $_POST[ self::NONCE ], $_POST[ SecondFactor::FIELD ] ) || ! is_string( $_POST[ SecondFactor::FIELD ] ) ) {
			return;
		}
		check_admin_referer( self::NONCE, self::NONCE );
		$user = wp_get_current_user();
		if ( ! Staff::includes( $user ) ) {
			return;
		}
		// A lock holds here as it does at the login, and wrong codes count.
		$is_taken = ! $this->lockout->is_locked( $user->ID ) && $this->takes( $user->ID, wp_unslash( $_POST[ SecondFactor::FIELD ] ) );
		if ( ! $is_taken ) {
			$this->was_wrong = true;
			$this->lockout->count( $user->user_login );
			return;
		}
		$this->lockout->clear( $user );
		if ( null === $this->recovery_codes ) {
			wp_safe_redirect( admin_url() );
			exit;
		}
	}

	private function takes( int $user_id, string $code ): bool {
		if ( ! $this->second_factor->is_enrolled( $user_id ) ) {
			$this->recovery_codes = $this->second_factor->confirm( $user_id, $code );
			return null !== $this->recovery_codes;
		}
		if ( ! $this->second_factor->accept( $user_id, $code ) ) {
			return false;
		}
		$this->second_factor->mark_present_session( $user_id );
		return true;
	}

	public function show(): void {
		$user = wp_get_current_user();
		echo '<div class="wrap"><h1>Second factor</h1>';
		if ( null !== $this->recovery_codes ) {
			$this->show_recovery_codes( $this->recovery_codes );
		} elseif ( $this->second_factor->is_confined( $user ) ) {
			$this->show_form( $user );
		} else {
			echo '<p>Your authenticator is enrolled. When it is lost, an operator of the shop takes it away with <code>wp shop forget-second-factor</code>.</p>';
		}
		echo '</div>';
	}

	private function show_form( \WP_User $user ): void {
		if ( $this->was_wrong ) {
			echo '<div class="notice notice-error"><p>This code is wrong, or was used before. Wait for the next one.</p></div>';
		}
		if ( ! $this->second_factor->is_enrolled( $user->ID ) ) {
			$secret = $this->second_factor->begin( $user->ID );
			echo '<p>Staff log in with a password and a code. Add this key to an authenticator app, as a code by time:</p>';
			echo '<p><code>' . esc_html( implode( ' ', str_split( Totp::base32( $secret ), 4 ) ) ) . '</code></p>';
			echo '<p><a href="' . esc_attr( Totp::uri( $secret, $user->user_login, get_bloginfo( 'name' ) ) ) . '">Open it in an app on this device</a></p>';
		}
		echo '<form method="post" action="' . esc_url( self::address() ) . '">';
		wp_nonce_field( self::NONCE, self::NONCE );
		echo '<p><label for="second-factor">Code</label> <input type="text" id="second-factor" name="' . esc_attr( SecondFactor::FIELD ) . '" inputmode="numeric" autocomplete="one-time-code" required></p>';
		submit_button( 'Go on' );
		echo '</form>';
	}

	/** @param string[] $codes */
	private function show_recovery_codes( array $codes ): void {
		echo '<p>Keep these codes where your authenticator is not. Each lets you in once. They are not shown again.</p><ul>';
		foreach ( $codes as $code ) {
			echo '<li><code>' . esc_html( $code ) . '</code></li>';
		}
		echo '</ul><p><a class="button" href="' . esc_url( admin_url() ) . '">To the dashboard</a></p>';
	}

	private static function address(): string {
		return admin_url( 'admin.php?page=' . self::SLUG );
	}
}
