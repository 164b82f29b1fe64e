<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * Locks an account for half an hour after ten wrong passwords or codes in a row: PCI DSS 8.3.4. It counts by account,
 * wherever the tries come from; the firewall counts by address, whatever account is tried.
 */
final class Lockout {

	private const MOST_TRIES = 10;

	private const SECONDS = 30 * 60;

	private const KEY = '_commerce_baseline_failed_login';

	/** After every check of the password, and before that of the second factor: a locked account is asked no code. */
	private const PRIORITY = 800;

	/** @var callable(): int */
	private $clock;

	/** @param callable(): int $clock */
	public function __construct( callable $clock ) {
		$this->clock = $clock;
	}

	public function register(): void {
		add_filter( 'authenticate', array( $this, 'refuse' ), self::PRIORITY, 2 );
		add_action( 'wp_login_failed', array( $this, 'count' ), 10, 1 );
		add_action( 'wp_login', array( $this, 'clear_after_login' ), 10, 2 );
		// Whoever reads the mail of the account has shown that it is theirs.
		add_action( 'after_password_reset', array( $this, 'clear' ), 10, 1 );
	}

	/** The same answer for a right password and a wrong one. */
	public function refuse( mixed $user, string $username ): mixed {
		// Without a name it is a cookie that is looked at, not a password.
		$account = $user instanceof \WP_User && '' !== $username ? $user : self::account( $username );
		if ( null === $account || ! $this->is_locked( $account->ID ) ) {
			return $user;
		}
		return new \WP_Error( 'commerce_baseline_locked', 'Too many wrong passwords. The account is locked for half an hour; a new password, by e-mail, opens it.' );
	}

	public function count( string $username ): void {
		$account = self::account( $username );
		// A lock ends by itself: tries while it lasts are not counted, so nobody can keep it shut with one try an hour.
		if ( null !== $account && ! $this->is_locked( $account->ID ) ) {
			UserRecords::append( $account->ID, self::KEY, ( $this->clock )() );
		}
	}

	public function clear_after_login( string $username, \WP_User $user ): void {
		$this->clear( $user );
	}

	public function clear( \WP_User $user ): void {
		delete_user_meta( $user->ID, self::KEY );
	}

	public function is_locked( int $user_id ): bool {
		$tries = UserRecords::numbers( $user_id, self::KEY );
		if ( count( $tries ) < self::MOST_TRIES ) {
			return false;
		}
		if ( max( $tries ) + self::SECONDS > ( $this->clock )() ) {
			return true;
		}
		delete_user_meta( $user_id, self::KEY );
		return false;
	}

	private static function account( string $username ): ?\WP_User {
		$username = trim( $username );
		$user     = get_user_by( 'login', $username );
		if ( false === $user && is_email( $username ) ) {
			$user = get_user_by( 'email', $username );
		}
		return false === $user ? null : $user;
	}
}
