<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * Which passwords are taken, wherever somebody chooses one: PCI DSS 8.3.6 and 8.3.7.
 *
 * When nobody can say whether a password was stolen, staff have to try again later, and customers are let through: a
 * register that is out of reach must not stop sales, and a staff account is worth the wait.
 */
final class PasswordPolicy {

	private const SHORTEST = 12;

	/** bcrypt and WordPress take more, but nobody means it well with a longer one. */
	private const LONGEST = 4096;

	/** With the present one, the last four: PCI DSS 8.3.7. */
	private const FORMER = 3;

	private const FORMER_KEY = '_commerce_baseline_former_passwords';

	public function __construct( private BreachedPasswords $breached ) {}

	public function register(): void {
		// WordPress: the profile, and a password that is set from a link.
		add_action( 'user_profile_update_errors', array( $this, 'check_profile' ), 10, 3 );
		add_action( 'validate_password_reset', array( $this, 'check_reset' ), 10, 2 );
		// WooCommerce: account details, sign-up, an account made while paying. Its reset comes by validate_password_reset.
		add_action( 'woocommerce_save_account_details_errors', array( $this, 'check_account' ), 10, 2 );
		add_filter( 'woocommerce_process_registration_errors', array( $this, 'check_registration' ), 10, 3 );
		add_action( 'woocommerce_after_checkout_validation', array( $this, 'check_checkout' ), 10, 2 );
		// Every route of the REST API that takes a password: users, customers, the checkout of blocks.
		add_filter( 'rest_request_before_callbacks', array( $this, 'check_rest' ), 10, 3 );
		// What came by none of these ways.
		add_filter( 'wp_pre_insert_user_data', array( $this, 'refuse_account' ), 10, 4 );
		add_action( 'profile_update', array( $this, 'remember' ), 10, 2 );
		add_action( 'password_reset', array( $this, 'remember_reset' ), 10, 1 );
		// The same words as ours, where WordPress advises.
		add_filter( 'password_hint', array( $this, 'hint' ) );
	}

	/** What is wrong with a password, in a sentence; null if nothing is. */
	public function objection( string $password, ?\WP_User $user ): ?string {
		$is_staff = null !== $user && Staff::includes( $user );
		if ( mb_strlen( $password ) < self::SHORTEST ) {
			return sprintf( 'A password has at least %d characters.', self::SHORTEST );
		}
		if ( strlen( $password ) > self::LONGEST ) {
			return 'This password is too long.';
		}
		if ( $is_staff && ! ( preg_match( '/\p{L}/u', $password ) && preg_match( '/\d/', $password ) ) ) {
			return 'A password of staff holds letters and digits.';
		}
		if ( $is_staff && $this->was_used( $password, $user ) ) {
			return 'This password is one of the last four. Choose another one.';
		}
		$breached = $this->breached->include( $password );
		if ( true === $breached ) {
			return 'This password is known from a data breach somewhere else. Choose another one.';
		}
		if ( null === $breached ) {
			error_log( 'commerce-baseline: nobody could say whether a new password is known from a data breach' );
			return $is_staff ? 'It could not be checked whether this password was stolen. Try again in a few minutes.' : null;
		}
		return null;
	}

	public function check_profile( \WP_Error $errors, bool $update, object $user ): void {
		if ( ! empty( $user->user_pass ) ) {
			$this->add( $errors, wp_unslash( (string) $user->user_pass ), $update ? self::user( $user->ID ) : self::future( (string) ( $user->role ?? '' ) ) );
		}
	}

	public function check_reset( \WP_Error $errors, mixed $user ): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Missing -- the key of the link was checked.
		$chosen = $_POST['pass1'] ?? $_POST['password_1'] ?? '';
		if ( is_string( $chosen ) && '' !== $chosen ) {
			$this->add( $errors, wp_unslash( $chosen ), $user instanceof \WP_User ? $user : null );
		}
	}

	public function check_account( \WP_Error $errors, object $user ): void {
		if ( ! empty( $user->user_pass ) ) {
			$this->add( $errors, wp_unslash( (string) $user->user_pass ), self::user( $user->ID ) );
		}
	}

	public function check_registration( \WP_Error $errors, string $username, ?string $password ): \WP_Error {
		if ( null !== $password && '' !== $password ) {
			$this->add( $errors, wp_unslash( $password ), null );
		}
		return $errors;
	}

	public function check_checkout( array $data, \WP_Error $errors ): void {
		if ( ! empty( $data['createaccount'] ) && ! empty( $data['account_password'] ) ) {
			$this->add( $errors, (string) $data['account_password'], null );
		}
	}

	public function check_rest( mixed $response, mixed $handler, \WP_REST_Request $request ): mixed {
		$accounts = '#^/(?:wp/v\d+/users|wc/v\d+/customers|wc/store(?:/v\d+)?/checkout)(?:/|$)#i';
		if ( is_wp_error( $response ) || ! preg_match( $accounts, $request->get_route() ) ) {
			return $response;
		}
		foreach ( $this->accounts_in( $request ) as $account ) {
			$objection = $this->objection( $account['password'], $account['user'] );
			if ( null !== $objection ) {
				return new \WP_Error( 'commerce_baseline_password', $objection, array( 'status' => 400 ) );
			}
		}
		return $response;
	}

	/** Refuses an account that somebody makes with a short password by a way that was not thought of. */
	public function refuse_account( array $data, bool $update, ?int $id, array $given = array() ): array {
		$password = (string) ( $given['user_pass'] ?? '' );
		return ! $update && mb_strlen( $password ) < self::SHORTEST ? array() : $data;
	}

	public function remember( int $user_id, \WP_User $before ): void {
		$now = get_userdata( $user_id );
		if ( $now instanceof \WP_User && $now->user_pass !== $before->user_pass ) {
			$this->keep( $user_id, $before->user_pass );
		}
	}

	public function remember_reset( \WP_User $user ): void {
		$this->keep( $user->ID, $user->user_pass );
	}

	public function hint(): string {
		return sprintf( 'At least %d characters, and not one that was stolen somewhere else. Several words are easy to remember.', self::SHORTEST );
	}

	/** The request itself, and each entry of a list of changes: `wc/v3/customers/batch`. */
	private function accounts_in( \WP_REST_Request $request ): array {
		$entries = array( $request->get_params() );
		foreach ( array( 'create', 'update' ) as $list ) {
			$entries = array_merge( $entries, array_filter( (array) $request->get_param( $list ), 'is_array' ) );
		}
		$accounts = array();
		foreach ( $entries as $entry ) {
			$password = $entry['password'] ?? $entry['customer_password'] ?? '';
			$id       = $entry['id'] ?? 0;
			$user     = 'me' === $id || str_ends_with( $request->get_route(), '/me' ) ? wp_get_current_user() : self::user( (int) $id );
			if ( is_string( $password ) && '' !== $password ) {
				$roles      = (array) ( $entry['roles'] ?? array() );
				$accounts[] = array(
					'password' => $password,
					'user'     => $user ?? self::future( (string) reset( $roles ) ),
				);
			}
		}
		return $accounts;
	}

	private function add( \WP_Error $errors, string $password, ?\WP_User $user ): void {
		$objection = $this->objection( $password, $user );
		if ( null !== $objection ) {
			$errors->add( 'commerce_baseline_password', $objection );
		}
	}

	private function was_used( string $password, \WP_User $user ): bool {
		$hashes = array_merge( array( (string) $user->user_pass ), (array) get_user_meta( $user->ID, self::FORMER_KEY, true ) );
		foreach ( array_filter( $hashes, 'is_string' ) as $hash ) {
			// Without the user: WordPress would store the password anew. Some forms store a quotation mark with its backslash.
			if ( '' !== $hash && ( wp_check_password( $password, $hash ) || wp_check_password( wp_slash( $password ), $hash ) ) ) {
				return true;
			}
		}
		return false;
	}

	private function keep( int $user_id, string $hash ): void {
		$former = array_filter( (array) get_user_meta( $user_id, self::FORMER_KEY, true ) );
		update_user_meta( $user_id, self::FORMER_KEY, array_slice( array( $hash, ...$former ), 0, self::FORMER ) );
	}

	private static function user( int $id ): ?\WP_User {
		$user = get_userdata( $id );
		return $user instanceof \WP_User ? $user : null;
	}

	/** Somebody who is not there yet, with the rights of a role. */
	private static function future( string $role ): ?\WP_User {
		$known = '' === $role ? null : get_role( $role );
		if ( null === $known ) {
			return null;
		}
		$user          = new \WP_User();
		$user->allcaps = $known->capabilities;
		return $user;
	}
}
