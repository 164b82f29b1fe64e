<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * Sends mail through the store's identity: by the API of Amazon SES with the role of the task (MAIL_TRANSPORT is `ses`), or
 * through a server that asks for a login, over TLS. Without the settings of one of them nothing is sent, and the log says
 * so: PHP's own mail would go out unsigned, or nowhere.
 */
final class Mail {

	private const SETTINGS = array(
		'ses'  => array( 'MAIL_HOST', 'MAIL_FROM' ),
		'smtp' => array( 'MAIL_HOST', 'MAIL_PORT', 'MAIL_USER', 'MAIL_PASSWORD', 'MAIL_FROM' ),
	);

	/** Ports that speak TLS from the first byte, where MAIL_TLS does not say. On all others it begins before the login. */
	private const IMPLICIT_TLS = array( 465, 2465 );

	public function register(): void {
		add_filter( 'pre_wp_mail', array( $this, 'refuse_unless_possible' ), PHP_INT_MAX, 1 );
		add_filter( 'wp_mail_from', array( $this, 'sender' ), PHP_INT_MAX );
		add_action( 'phpmailer_init', array( $this, 'prepare' ), PHP_INT_MAX );
	}

	public function refuse_unless_possible( ?bool $sent ): ?bool {
		$missing = self::missing();
		if ( null !== $sent ) {
			return $sent;
		}
		if ( array() === $missing ) {
			if ( 'ses' === self::transport() ) {
				SesMailer::take_over();
			}
			return null;
		}
		$message = 'Mail is not sent: ' . implode( ', ', $missing ) . ' not set.';
		error_log( 'commerce-baseline: ' . $message );
		do_action( 'wp_mail_failed', new \WP_Error( 'commerce_baseline_mail', $message ) );
		return false;
	}

	public function sender( string $address ): string {
		return self::setting( 'MAIL_FROM' ) ?: $address;
	}

	public function prepare( object $mailer ): void {
		// Bounces go where the store looks for them.
		$mailer->Sender = self::setting( 'MAIL_FROM' );
		if ( 'ses' === self::transport() ) {
			$mailer->Mailer = 'ses';
			$mailer->Host   = self::setting( 'MAIL_HOST' );
			return;
		}
		$port = (int) self::setting( 'MAIL_PORT' );
		$mailer->isSMTP();
		$mailer->Host       = self::setting( 'MAIL_HOST' );
		$mailer->Port       = $port;
		$mailer->SMTPAuth   = true;
		$mailer->Username   = self::setting( 'MAIL_USER' );
		$mailer->Password   = self::setting( 'MAIL_PASSWORD' );
		$begins_at_once     = 'tls' === ( self::setting( 'MAIL_TLS' ) ?: ( in_array( $port, self::IMPLICIT_TLS, true ) ? 'tls' : 'starttls' ) );
		$mailer->SMTPSecure = $begins_at_once ? 'ssl' : 'tls';
		$mailer->Timeout    = 10;
	}

	private static function transport(): string {
		return self::setting( 'MAIL_TRANSPORT' ) ?: 'smtp';
	}

	/** @return string[] */
	private static function missing(): array {
		$needed = self::SETTINGS[ self::transport() ] ?? array( 'a MAIL_TRANSPORT of ses or smtp' );
		return array_values( array_filter( $needed, static fn( string $name ): bool => '' === self::setting( $name ) ) );
	}

	private static function setting( string $name ): string {
		return (string) getenv( $name );
	}
}
