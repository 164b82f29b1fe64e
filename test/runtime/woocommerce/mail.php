<?php
declare(strict_types=1);

require __DIR__ . '/harness.php';
wordpress();

const SETTINGS = array(
	'MAIL_HOST'     => 'smtp.acme.example',
	'MAIL_PORT'     => '2587',
	'MAIL_USER'     => 'user',
	'MAIL_PASSWORD' => 'secret',
	'MAIL_FROM'     => 'orders@acme.example',
);

function settings( array $settings ): void {
	foreach ( array( 'MAIL_TRANSPORT', 'MAIL_TLS', ...array_keys( SETTINGS ) ) as $name ) {
		putenv( isset( $settings[ $name ] ) ? "$name={$settings[$name]}" : $name );
	}
}

/** Sends a message as far as the mailer, which is stopped there. */
function prepared(): ?object {
	$mailer = null;
	$stop   = static function ( object $prepared ) use ( &$mailer ): void {
		$mailer = clone $prepared;
		throw new PHPMailer\PHPMailer\Exception( 'stopped by the test' );
	};
	add_action( 'phpmailer_init', $stop, PHP_INT_MAX );
	try {
		wp_mail( 'somebody@acme.example', 'An order', 'Thank you' );
	} catch ( PHPMailer\PHPMailer\Exception ) {
		remove_action( 'phpmailer_init', $stop, PHP_INT_MAX );
	}
	return $mailer;
}

test(
	'without settings nothing is sent, and somebody hears of it',
	static function (): void {
		foreach ( array( array(), array_diff_key( SETTINGS, array( 'MAIL_PASSWORD' => '' ) ) ) as $settings ) {
			settings( $settings );
			$heard = array();
			add_action(
				'wp_mail_failed',
				static function ( WP_Error $error ) use ( &$heard ): void {
					$heard[] = $error->get_error_message();
				}
			);
			same( false, wp_mail( 'somebody@acme.example', 'An order', 'Thank you' ) );
			holds( 'MAIL_PASSWORD', $heard[0] ?? '' );
			remove_all_actions( 'wp_mail_failed' );
		}
	}
);

test(
	'mail goes through the server of the store, with a login and TLS that has to begin',
	static function (): void {
		settings( SETTINGS );
		$mailer = prepared();
		same( array( 'smtp', 'smtp.acme.example', 2587, true, 'tls' ), array( $mailer->Mailer, $mailer->Host, $mailer->Port, $mailer->SMTPAuth, $mailer->SMTPSecure ) );
		same( array( 'orders@acme.example', 'orders@acme.example' ), array( $mailer->From, $mailer->Sender ) );
		same( array(), $mailer->SMTPOptions );
	}
);

test(
	'TLS begins with the first byte where the store or the port says so',
	static function (): void {
		settings( array( 'MAIL_PORT' => '465' ) + SETTINGS );
		same( 'ssl', prepared()->SMTPSecure );
		settings( array( 'MAIL_TLS' => 'tls' ) + SETTINGS );
		same( 'ssl', prepared()->SMTPSecure );
		settings( array( 'MAIL_TLS' => 'starttls', 'MAIL_PORT' => '465' ) + SETTINGS );
		same( 'tls', prepared()->SMTPSecure );
	}
);

test(
	'a signature is the one of the example of AWS',
	static function (): void {
		$keys    = array( 'AccessKeyId' => 'AKIDEXAMPLE', 'SecretAccessKey' => 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' );
		$headers = ( new CommerceBaseline\AwsSignature( $keys, 'us-east-1', 'iam' ) )->headers(
			'GET',
			'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08',
			array( 'content-type' => 'application/x-www-form-urlencoded; charset=utf-8' ),
			'',
			gmmktime( 12, 36, 0, 8, 30, 2015 )
		);
		holds( 'SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7', $headers['authorization'] );
	}
);

/** What SES and the task's own host are asked, and what they answer. */
function ses_answers( int $status, array &$asked ): void {
	remove_all_filters( 'pre_http_request' );
	add_filter(
		'pre_http_request',
		static function ( mixed $ignored, array $options, string $address ) use ( $status, &$asked ): array {
			$asked[ $address ] = $options;
			$keys              = array( 'AccessKeyId' => 'ASIAEXAMPLE', 'SecretAccessKey' => 'secret', 'Token' => 'token' );
			$is_role           = str_starts_with( $address, 'http://169.254.170.2/v2/credentials/' );
			return array(
				'response' => array( 'code' => $is_role ? 200 : $status ),
				'body'     => $is_role ? json_encode( $keys ) : '{}',
				'headers'  => array( 'x-amzn-errortype' => 'MessageRejected' ),
				'cookies'  => array(),
			);
		},
		10,
		3
	);
}

test(
	'with SES a message goes to its API, signed with the keys of the task, hidden copies too',
	static function (): void {
		settings( array( 'MAIL_TRANSPORT' => 'ses', 'MAIL_HOST' => 'email.eu-west-1.amazonaws.com', 'MAIL_FROM' => 'orders@acme.example' ) );
		putenv( 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/v2/credentials/role' );
		$asked = array();
		ses_answers( 200, $asked );
		same( true, wp_mail( 'somebody@acme.example', 'An order', 'Thank you', array( 'Bcc: archive@acme.example' ) ) );
		same( array( 'http://169.254.170.2/v2/credentials/role', 'https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails' ), array_keys( $asked ) );
		$sent    = end( $asked );
		$message = json_decode( $sent['body'], true );
		same( array( array( 'somebody@acme.example' ), array(), array( 'archive@acme.example' ) ), array_values( $message['Destination'] ) );
		$raw = base64_decode( $message['Content']['Raw']['Data'] );
		holds( "Subject: An order\r\n", $raw );
		holds( 'From: WordPress <orders@acme.example>', $raw );
		holds( "\r\n\r\nThank you", $raw );
		same( false, str_contains( $raw, 'archive@' ) );
		holds( 'Credential=ASIAEXAMPLE/' . gmdate( 'Ymd' ) . '/eu-west-1/ses/aws4_request', $sent['headers']['authorization'] );
		same( 'token', $sent['headers']['x-amz-security-token'] );
	}
);

test(
	'a message that SES does not take has failed',
	static function (): void {
		$asked = array();
		$heard = '';
		ses_answers( 400, $asked );
		add_action(
			'wp_mail_failed',
			static function ( WP_Error $error ) use ( &$heard ): void {
				$heard = $error->get_error_message();
			}
		);
		same( false, wp_mail( 'somebody@acme.example', 'An order', 'Thank you' ) );
		holds( '400 MessageRejected', $heard );
	}
);

test(
	'any other way of sending is refused',
	static function (): void {
		settings( array( 'MAIL_TRANSPORT' => 'sendmail' ) + SETTINGS );
		same( false, wp_mail( 'somebody@acme.example', 'An order', 'Thank you' ) );
	}
);
