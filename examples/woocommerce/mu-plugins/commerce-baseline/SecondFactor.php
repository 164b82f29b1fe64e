<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * A second factor for staff: a code of an authenticator app, demanded with the password at wp-login.php. Whoever has not
 * enrolled one, or came into a session without a code, has no right but to do so: PCI DSS 8.4.2 and 8.5.1.
 *
 * Codes work once. Secrets are encrypted with a key that the database does not hold; recovery codes are hashed.
 */
final class SecondFactor {

	private const SECRET_KEY = '_commerce_baseline_totp';
	private const PENDING_KEY = '_commerce_baseline_totp_pending';
	private const PERIOD_KEY = '_commerce_baseline_totp_period';
	private const RECOVERY_KEY = '_commerce_baseline_recovery_code';
	private const RECOVERY_CODES = 10;

	/** Name of the input of the login form. */
	public const FIELD = 'second_factor';

	/** @var callable(): int */
	private $clock;

	/** Who has shown a code in this request. */
	private array $shown = array();

	/** @param callable(): int $clock */
	public function __construct( private SecretBox $box, callable $clock ) {
		$this->clock = $clock;
	}

	public function register(): void {
		add_filter( 'authenticate', array( $this, 'demand' ), 900, 2 );
		add_filter( 'attach_session_information', array( $this, 'mark' ), 10, 2 );
		add_filter( 'user_has_cap', array( $this, 'withhold' ), PHP_INT_MAX, 4 );
		// A password of an application would get past the code.
		add_filter( 'wp_is_application_passwords_available', '__return_false' );
		add_action( 'login_form', array( $this, 'show_field' ) );
	}

	public function is_enrolled( int $user_id ): bool {
		return '' !== (string) get_user_meta( $user_id, self::SECRET_KEY, true );
	}

	/** A password alone lets no enrolled member of staff in. The answer does not say whether the password was right. */
	public function demand( mixed $user, string $username ): mixed {
		if ( ! $user instanceof \WP_User || ! Staff::includes( $user ) || ! $this->is_enrolled( $user->ID ) ) {
			return $user;
		}
		if ( '' === $username ) {
			// By cookie: the new session is worth what the present one is.
			$this->shown += $this->is_confined( $user ) ? array() : array( $user->ID => true );
			return $user;
		}
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- WordPress's login has no nonce.
		$code = $_POST[ self::FIELD ] ?? '';
		if ( is_string( $code ) && $this->accept( $user->ID, $code ) ) {
			return $user;
		}
		return new \WP_Error( 'commerce_baseline_second_factor', 'Name, password or code is wrong. Staff log in at wp-login.php, each time with a new code.' );
	}

	/** Takes a code of the app, or a recovery code, once. */
	public function accept( int $user_id, string $typed ): bool {
		$code   = strtoupper( (string) preg_replace( '/[\s-]+/', '', $typed ) );
		$secret = $this->secret( $user_id, self::SECRET_KEY );
		if ( preg_match( '/^\d{6}$/', $code ) ) {
			$period = null === $secret ? null : Totp::period_of( $secret, $code, ( $this->clock )() );
			$taken  = null !== $period && UserRecords::advance( $user_id, self::PERIOD_KEY, $period );
		} else {
			$taken = '' !== $code && UserRecords::take( $user_id, self::RECOVERY_KEY, $this->box->digest( $code, "recovery:$user_id" ) );
		}
		if ( $taken ) {
			$this->shown[ $user_id ] = true;
		}
		return $taken;
	}

	/** Remembers with a session that it began with a code. */
	public function mark( array $session, int $user_id ): array {
		return isset( $this->shown[ $user_id ] ) ? array( 'second_factor' => true ) + $session : $session;
	}

	/** Marks the present session: somebody showed a code after the login. */
	public function mark_present_session( int $user_id ): void {
		PresentSession::change( $user_id, array( 'second_factor' => true ) );
	}

	/** Whether somebody is staff and has shown no second factor in this session. */
	public function is_confined( \WP_User $user ): bool {
		if ( ! Staff::includes( $user ) || ( defined( 'WP_CLI' ) && \WP_CLI ) ) {
			// Whoever is at the command line is an operator, also where WP-CLI gives itself somebody's cookies.
			return false;
		}
		if ( ! PresentSession::exists( $user->ID ) ) {
			// Nobody's browser: a program with a key of WooCommerce's REST API.
			return false;
		}
		return empty( PresentSession::of( $user->ID )['second_factor'] ) || ! $this->is_enrolled( $user->ID );
	}

	/** Leaves nothing but the right to enrol. */
	public function withhold( array $rights, array $needed, array $arguments, \WP_User $user ): array {
		if ( get_current_user_id() !== $user->ID || ! $this->is_confined( $user ) ) {
			return $rights;
		}
		return array_intersect_key( $rights, array( 'read' => true ) );
	}

	/** Begins to enrol: the secret for a new authenticator, the same until it is confirmed. */
	public function begin( int $user_id ): string {
		$pending = $this->secret( $user_id, self::PENDING_KEY );
		if ( null === $pending ) {
			$pending = Totp::new_secret();
			update_user_meta( $user_id, self::PENDING_KEY, $this->box->seal( $pending, self::purpose( $user_id ) ) );
		}
		return $pending;
	}

	/**
	 * Ends enrolling with a first code: the recovery codes, which are shown once; null if the code is wrong. Whoever is
	 * enrolled already is not enrolled again: somebody else has to take the lost authenticator away.
	 *
	 * @return string[]|null
	 */
	public function confirm( int $user_id, string $code ): ?array {
		$pending = $this->secret( $user_id, self::PENDING_KEY );
		if ( null === $pending || $this->is_enrolled( $user_id ) ) {
			return null;
		}
		$period = Totp::period_of( $pending, (string) preg_replace( '/\s+/', '', $code ), ( $this->clock )() );
		if ( null === $period || ! UserRecords::advance( $user_id, self::PERIOD_KEY, $period ) ) {
			return null;
		}
		update_user_meta( $user_id, self::SECRET_KEY, $this->box->seal( $pending, self::purpose( $user_id ) ) );
		delete_user_meta( $user_id, self::PENDING_KEY );
		$this->mark_present_session( $user_id );
		return $this->new_recovery_codes( $user_id );
	}

	/** Takes a lost authenticator away: the next login has to enrol one. */
	public function forget( int $user_id ): void {
		foreach ( array( self::SECRET_KEY, self::PENDING_KEY, self::PERIOD_KEY, self::RECOVERY_KEY ) as $key ) {
			delete_user_meta( $user_id, $key );
		}
		\WP_Session_Tokens::get_instance( $user_id )->destroy_all();
	}

	public function show_field(): void {
		echo '<p><label for="second-factor">Code of your authenticator (staff)</label>';
		echo '<input type="text" name="' . esc_attr( self::FIELD ) . '" id="second-factor" class="input" inputmode="numeric" autocomplete="one-time-code" size="20"></p>';
	}

	/** @return string[] */
	private function new_recovery_codes( int $user_id ): array {
		delete_user_meta( $user_id, self::RECOVERY_KEY );
		$codes = array();
		for ( $count = 0; $count < self::RECOVERY_CODES; $count++ ) {
			// 80 bits: nobody guesses them, so that a fast hash will do. A code of six digits is never one of these.
			$code = Totp::base32( random_bytes( 10 ) );
			add_user_meta( $user_id, self::RECOVERY_KEY, $this->box->digest( $code, "recovery:$user_id" ) );
			$codes[] = implode( '-', str_split( $code, 4 ) );
		}
		return $codes;
	}

	private function secret( int $user_id, string $key ): ?string {
		$sealed = (string) get_user_meta( $user_id, $key, true );
		return '' === $sealed ? null : $this->box->open( $sealed, self::purpose( $user_id ) );
	}

	private static function purpose( int $user_id ): string {
		return "second factor of user $user_id";
	}
}
