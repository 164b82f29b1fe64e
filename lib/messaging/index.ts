export { AlertTopics, AlertTopicsProps } from './alert-topics';
