export { AlertTopics, AlertTopicsProps } from './alert-topics';
export { DmarcPolicy } from './dmarc-policy';
export { ExternalMailOptions, Mail, MailTls, SesMailOptions } from './mail';
export { MailDns, MailZone } from './mail-dns';
export { OrderMail, OrderMailProps } from './order-mail';
