import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContentSecurityPolicy, StrictTransportSecurity } from '../../lib';
import { SecurityHeaders } from '../../lib/edge/security-headers';

const remembered = StrictTransportSecurity.withSubdomains();

function ofShop(policy = ContentSecurityPolicy.ownHostOnly()): Template {
  const stack = new Stack(undefined, 'Foreign');
  SecurityHeaders.ofShop(stack, 'Headers', policy, { strictTransportSecurity: remembered, unlisted: false });
  return Template.fromStack(stack);
}

function ofUploads(): Template {
  const stack = new Stack(undefined, 'Foreign');
  SecurityHeaders.ofUploads(stack, 'Headers', { strictTransportSecurity: remembered, unlisted: false });
  return Template.fromStack(stack);
}

function expectHeaders(template: Template, config: object): void {
  template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', { ResponseHeadersPolicyConfig: config });
}

test.each([
  ['the shop', ofShop],
  ['uploads', ofUploads],
])('%s: TLS for two years, no guessing of types, no full address to others, whatever the origin says', (_, build) => {
  expectHeaders(build(), {
    SecurityHeadersConfig: {
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 63_072_000,
        IncludeSubdomains: true,
        Preload: false,
        Override: true,
      },
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'strict-origin-when-cross-origin', Override: true },
    },
    RemoveHeadersConfig: { Items: [{ Header: 'Server' }, { Header: 'X-Powered-By' }] },
  });
});

test('a page of the shop may bring a policy of its own, with a nonce for its checkout', () => {
  expectHeaders(ofShop(ContentSecurityPolicy.ownHostOnly().allow('img-src', 'https://cdn.acme.example')), {
    SecurityHeadersConfig: {
      ContentSecurityPolicy: {
        ContentSecurityPolicy: Match.stringLikeRegexp(
          "^default-src 'self';.*; img-src 'self' https://cdn.acme.example; upgrade-insecure-requests$",
        ),
        Override: false,
      },
    },
  });
});

test('an upload runs nothing, and cannot bring a policy that says otherwise', () => {
  expectHeaders(ofUploads(), {
    SecurityHeadersConfig: {
      ContentSecurityPolicy: {
        ContentSecurityPolicy:
          "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; " +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
        Override: true,
      },
    },
  });
});

test.each([
  ['nobody', ContentSecurityPolicy.ownHostOnly(), 'DENY'],
  ['the shop itself', ContentSecurityPolicy.ownHostOnly().allow('frame-ancestors', "'self'"), 'SAMEORIGIN'],
])('pages are framed by %s when the policy says so', (_, policy, FrameOption) => {
  expectHeaders(ofShop(policy), { SecurityHeadersConfig: { FrameOptions: { FrameOption, Override: true } } });
});

test('camera and microphone are off, and the frames of the gateway may ask for a payment', () => {
  const policy = ContentSecurityPolicy.ownHostOnly().allow(
    'frame-src',
    'https://js.stripe.com/v3/',
    'https://*.paypal.com',
    'https://js.stripe.com',
    'data:',
  );
  const Value =
    'camera=(), display-capture=(), microphone=(), midi=(), serial=(), usb=(), geolocation=(self), ' +
    'payment=(self "https://js.stripe.com" "https://*.paypal.com")';
  expectHeaders(ofShop(policy), {
    CustomHeadersConfig: {
      Items: [
        { Header: 'Permissions-Policy', Override: true, Value },
        { Header: 'Cross-Origin-Opener-Policy', Override: true, Value: 'same-origin-allow-popups' },
      ],
    },
  });
});
