<?php
declare(strict_types=1);

namespace CommerceBaseline;

use PHPMailer\PHPMailer\Exception;
use PHPMailer\PHPMailer\PHPMailer;

require_once ABSPATH . WPINC . '/PHPMailer/PHPMailer.php';
require_once ABSPATH . WPINC . '/PHPMailer/SMTP.php';
require_once ABSPATH . WPINC . '/PHPMailer/Exception.php';

/** WordPress's mailer with one way more: the API of Amazon SES, version 2, with the role of the task and no password. */
final class SesMailer extends PHPMailer {

	/** Where a task on Fargate is given the keys of its role. */
	private const KEYS = 'http://169.254.170.2';

	/** Has WordPress use this mailer. */
	public static function take_over(): void {
		global $phpmailer;
		if ( ! $phpmailer instanceof self ) {
			$phpmailer             = new self( true );
			$phpmailer::$validator = static fn( string $address ): bool => (bool) is_email( $address );
		}
	}

	/**
	 * PHPMailer calls it for the mailer "ses".
	 *
	 * @throws Exception When SES did not take the message.
	 */
	protected function sesSend( string $header, string $body ): bool {
		$address = 'https://' . $this->Host . '/v2/email/outbound-emails';
		$mime    = self::normalizeBreaks( rtrim( $header ) . "\n\n" . $body, "\r\n" );
		$message = wp_json_encode(
			array(
				'Destination' => array(
					'ToAddresses'  => array_column( $this->to, 0 ),
					'CcAddresses'  => array_column( $this->cc, 0 ),
					'BccAddresses' => array_column( $this->bcc, 0 ),
				),
				'Content'     => array( 'Raw' => array( 'Data' => base64_encode( $mime ) ) ),
			)
		);
		$signature = new AwsSignature( $this->keys(), self::region( $this->Host ), 'ses' );
		$response  = wp_remote_post(
			$address,
			array(
				'headers' => $signature->headers( 'POST', $address, array( 'content-type' => 'application/json' ), $message, time() ),
				'body'    => $message,
				'timeout' => 10,
			)
		);
		$status    = wp_remote_retrieve_response_code( $response );
		if ( 200 !== $status ) {
			// The answer names the rule that was broken, and no address.
			$error  = is_wp_error( $response ) ? $response->get_error_message() : wp_remote_retrieve_header( $response, 'x-amzn-errortype' );
			$reason = trim( "Amazon SES did not take a message: $status $error" );
			error_log( 'commerce-baseline: ' . $reason );
			throw new Exception( esc_html( $reason ), self::STOP_CRITICAL );
		}
		return true;
	}

	/**
	 * @return array{AccessKeyId: string, SecretAccessKey: string, Token: string}
	 * @throws Exception When the task has no role.
	 */
	private function keys(): array {
		$response = wp_remote_get( self::KEYS . (string) getenv( 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI' ), array( 'timeout' => 2 ) );
		$keys     = json_decode( wp_remote_retrieve_body( $response ), true );
		if ( ! isset( $keys['AccessKeyId'], $keys['SecretAccessKey'], $keys['Token'] ) ) {
			throw new Exception( 'The task was given no keys of its role.', self::STOP_CRITICAL );
		}
		return $keys;
	}

	/** `email.eu-west-1.amazonaws.com` */
	private static function region( string $host ): string {
		return explode( '.', $host )[1] ?? '';
	}
}
