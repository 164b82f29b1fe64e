import { generate } from 'selfsigned';

/** A server certificate and its key. It signed itself, so it is what a client has to trust, too. */
export interface Certificate {
  readonly certificate: string;
  readonly privateKey: string;
}

export async function selfSignedCertificate(host = 'localhost'): Promise<Certificate> {
  const { cert, private: privateKey } = await generate([{ name: 'commonName', value: host }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  });
  return { certificate: cert, privateKey };
}
