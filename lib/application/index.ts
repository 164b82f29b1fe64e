export { Application } from './application';
export {
  ApplicationContext,
  ApplicationEnvironment,
  MailCoordinates,
  ServerCoordinates,
} from './application-environment';
export {
  ApplicationCache,
  ApplicationDatabase,
  ApplicationFiles,
  ApplicationMedia,
  ApplicationSecret,
  CacheUse,
  LoginMethod,
  OutboundDestination,
  SqlDialect,
} from './application-needs';
export { ApplicationProcess, ProcessKind } from './application-process';
export { ContainerApplicationOptions } from './container-application';
export { ContentSecurityPolicy } from './content-security-policy';
export { EnvironmentValue, SecretField, SecretSource, StoreSetting } from './environment-value';
export { FormEncoding, LoginAnswers, LoginFields, LoginForm } from './login-form';
export { MedusaApplicationOptions } from './medusa-application';
export { RequestClass, RequestKind } from './request-class';
export { RequestMatcher, StorefrontRequest } from './request-matcher';
export { ControlPlace, ControlStatement, ShopControl } from './shop-control';
export { WooCommerceApplicationOptions } from './woocommerce-application';
