<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * The session whose cookie this request was let in by. WordPress's own `wp_get_session_token` reads one cookie, while the
 * dashboard is let in by another: whoever leaves the first out would seem to have no session.
 */
final class PresentSession {

	/** @var array<int, string> Tokens by user. */
	private static array $tokens = array();

	public static function register(): void {
		add_action( 'auth_cookie_valid', array( self::class, 'learn' ), 10, 2 );
		add_action( 'set_logged_in_cookie', array( self::class, 'learn_new' ), 10, 6 );
		add_action( 'clear_auth_cookie', array( self::class, 'forget' ) );
	}

	public static function learn( array $cookie, \WP_User $user ): void {
		self::$tokens[ $user->ID ] = (string) ( $cookie['token'] ?? '' );
	}

	public static function learn_new( string $cookie, int $expire, int $expiration, int $user_id, string $scheme, string $token ): void {
		self::$tokens[ $user_id ] = $token;
	}

	public static function forget(): void {
		self::$tokens = array();
	}

	/** Whether somebody was let in by a cookie. */
	public static function exists( int $user_id ): bool {
		return isset( self::$tokens[ $user_id ] );
	}

	/** What is kept with the session; nothing if it has ended. */
	public static function of( int $user_id ): array {
		$session = \WP_Session_Tokens::get_instance( $user_id )->get( self::$tokens[ $user_id ] ?? '' );
		return is_array( $session ) ? $session : array();
	}

	/** Keeps something with the session. */
	public static function change( int $user_id, array $changes ): void {
		$session = self::of( $user_id );
		if ( array() !== $session ) {
			\WP_Session_Tokens::get_instance( $user_id )->update( self::$tokens[ $user_id ], $changes + $session );
		}
	}

	/** Ends the session. */
	public static function end( int $user_id ): void {
		\WP_Session_Tokens::get_instance( $user_id )->destroy( self::$tokens[ $user_id ] ?? '' );
	}
}
