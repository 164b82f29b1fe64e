import { drawingOf, type Drawing } from '../../../lib/cli/evidence/picture/drawing';
import { svgOf } from '../../../lib/cli/evidence/picture/svg';
import { TemplateGraph } from '../../../lib/compliance/template-graph/template-graph';

type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: object }>>;

function drawn(Resources: Resources): Drawing {
  return drawingOf(
    new TemplateGraph([
      {
        name: 'shop',
        constructPath: 'Shop',
        templatePath: 'Shop.template.json',
        template: { Resources },
        constructPaths: () => new Map(Object.keys(Resources).map((id) => [id, `Shop/${id}/Resource`])),
        nested: new Map(),
      },
    ]),
  );
}

const ref = (Ref: string): object => ({ Ref });
const attribute = (id: string, name: string): object => ({ 'Fn::GetAtt': [id, name] });

const NETWORK: Resources = {
  Inside: { Type: 'AWS::EC2::Subnet', Properties: {} },
  Data: { Type: 'AWS::EC2::Subnet', Properties: {} },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: {} },
  Association: {
    Type: 'AWS::EC2::SubnetRouteTableAssociation',
    Properties: { SubnetId: ref('Inside'), RouteTableId: ref('Table') },
  },
  Nat: { Type: 'AWS::EC2::NatGateway', Properties: {} },
  Out: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('Table'), NatGatewayId: ref('Nat') } },
  AppGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: {} },
  DataGroup: { Type: 'AWS::EC2::SecurityGroup', Properties: {} },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      VpcConfig: { SubnetIds: [ref('Inside')], SecurityGroupIds: [attribute('AppGroup', 'GroupId')] },
    },
  },
  Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds: [ref('Data')] } },
  Database: {
    Type: 'AWS::RDS::DBCluster',
    Properties: { DBSubnetGroupName: ref('Subnets'), VpcSecurityGroupIds: [attribute('DataGroup', 'GroupId')] },
  },
};

const INGRESS: Resources = {
  Ingress: {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: {
      GroupId: attribute('DataGroup', 'GroupId'),
      SourceSecurityGroupId: attribute('AppGroup', 'GroupId'),
      IpProtocol: 'tcp',
      FromPort: 5432,
      ToPort: 5432,
    },
  },
};

function endsOf({ edges }: Drawing): string[] {
  return edges.map(({ from, to, how }) => `${from} > ${to}: ${how.join(', ')}`);
}

test('a rule of a security group is an arrow between the members of the groups', () => {
  expect(endsOf(drawn({ ...NETWORK, ...INGRESS }))).toContain('shop Function > shop Database: tcp 5432');
});

test('without the rule there is no arrow', () => {
  expect(endsOf(drawn(NETWORK)).filter((line) => line.includes('Database'))).toEqual([]);
});

test('routes say what leaves the network, and through what', () => {
  expect(endsOf(drawn(NETWORK))).toEqual([
    'shop Function > shop Nat: what leaves the network',
    'shop Nat > internet: what leaves the network',
  ]);
});

test('a zone is what the routes of the subnets say', () => {
  const { nodes } = drawn({ ...NETWORK, ...INGRESS });
  expect(Object.fromEntries(nodes.map(({ id, zone }) => [id, zone]))).toEqual({
    internet: 'internet',
    'shop Function': 'private',
    'shop Database': 'isolated',
    'shop Nat': 'public',
  });
});

test('of very many, all of one type in one zone are one box', () => {
  const queues = Array.from({ length: 60 }, (_, place): [string, Resources[string]][] => [
    [`Queue${place}`, { Type: 'AWS::SQS::Queue', Properties: {} }],
    [
      `Mapping${place}`,
      {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: attribute(`Queue${place}`, 'Arn'), FunctionName: ref('Function') },
      },
    ],
  ]);
  const { nodes, edges } = drawn({ ...NETWORK, ...Object.fromEntries(queues.flat()) });
  expect(nodes.find(({ what }) => what === 'Queue')).toMatchObject({ name: '60 of them' });
  expect(edges).toHaveLength(3);
});

test('markup in the name of a construct is text in the picture', () => {
  const { nodes, edges } = drawn({ ...NETWORK, ...INGRESS });
  const hostile = nodes.map((node) => ({ ...node, name: '<script>' }));
  expect(svgOf({ nodes: hostile, edges }).text).not.toContain('<script>');
});
