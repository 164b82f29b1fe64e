import { type ResourceRule } from '../rule';
import { some } from '../template-graph/cannot-tell';
import { about, together, unless } from '../verdict';

export const classicLoadBalancerTls: ResourceRule = {
  name: 'classic-load-balancer-tls',
  severity: 'high',
  statement: 'A classic load balancer listens by TLS alone, with a certificate of ACM.',
  fix: 'Make each listener HTTPS or SSL on both sides, with a certificate of ACM.',
  appliesTo: ['AWS::ElasticLoadBalancing::LoadBalancer'],
  judge: (balancer) =>
    about(balancer.at('Listeners').items, (listener) => {
      const front = (listener.at('Protocol').plain ?? '').toLowerCase();
      const back = (listener.at('InstanceProtocol').plain ?? front).toLowerCase();
      const certificate = listener.at('SSLCertificateId');
      return together(
        () =>
          unless(
            ['https', 'ssl'].includes(front) && ['https', 'ssl'].includes(back),
            'a listener speaks without TLS',
            listener,
          ),
        () =>
          unless(
            some(certificate.references, ({ resource }) => resource.type === 'AWS::CertificateManager::Certificate') ||
              (certificate.text ?? '').includes(':acm:'),
            'a listener has no certificate of ACM',
            certificate,
          ),
      );
    }),
};
