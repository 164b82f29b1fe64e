<?php
declare(strict_types=1);

namespace CommerceBaseline;

/**
 * Signs a request to AWS, version 4.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
final class AwsSignature {

	/** @param array{AccessKeyId: string, SecretAccessKey: string, Token?: string} $keys */
	public function __construct( private array $keys, private string $region, private string $service ) {}

	/**
	 * The headers of the request, its signature among them.
	 *
	 * @param array<string, string> $headers In small letters.
	 * @return array<string, string>
	 */
	public function headers( string $method, string $address, array $headers, string $body, int $now ): array {
		$parts                 = wp_parse_url( $address );
		$moment                = gmdate( 'Ymd\THis\Z', $now );
		$headers['x-amz-date'] = $moment;
		if ( isset( $this->keys['Token'] ) ) {
			$headers['x-amz-security-token'] = $this->keys['Token'];
		}
		$signed = $headers + array( 'host' => (string) $parts['host'] );
		ksort( $signed );
		$names     = implode( ';', array_keys( $signed ) );
		$lines     = array_map( static fn( string $name, string $value ): string => $name . ':' . trim( $value ) . "\n", array_keys( $signed ), $signed );
		$canonical = implode( "\n", array( $method, $parts['path'] ?? '/', $parts['query'] ?? '', implode( '', $lines ), $names, hash( 'sha256', $body ) ) );
		$day       = substr( $moment, 0, 8 );
		$scope     = "$day/$this->region/$this->service/aws4_request";
		$text      = implode( "\n", array( 'AWS4-HMAC-SHA256', $moment, $scope, hash( 'sha256', $canonical ) ) );
		$key       = 'AWS4' . $this->keys['SecretAccessKey'];
		foreach ( array( $day, $this->region, $this->service, 'aws4_request' ) as $part ) {
			$key = hash_hmac( 'sha256', $part, $key, true );
		}
		$signature                = hash_hmac( 'sha256', $text, $key );
		$headers['authorization'] = "AWS4-HMAC-SHA256 Credential={$this->keys['AccessKeyId']}/$scope, SignedHeaders=$names, Signature=$signature";
		return $headers;
	}
}
