import { type ResourceRule } from '../rule';
import { unless } from '../verdict';

export const functionNotPublic: ResourceRule = {
  name: 'function-not-public',
  severity: 'critical',
  statement: 'A function cannot be invoked by everybody.',
  fix: 'Name the principal, and for a service its source account or ARN.',
  appliesTo: ['AWS::Lambda::Permission'],
  judge: (permission) => {
    const url = permission.at('FunctionUrlAuthType');
    const narrowed =
      permission.at('SourceArn').isPresent ||
      permission.at('SourceAccount').isPresent ||
      permission.at('PrincipalOrgID').isPresent;
    const principal = permission.at('Principal');
    const everybody = (principal.text ?? '') === '*' || (principal.at('AWS').text ?? '') === '*';
    return unless(!everybody || narrowed || url.is('AWS_IAM'), 'everybody may invoke the function', principal);
  },
};
