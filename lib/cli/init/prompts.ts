// Named one by one: an editor and its tables of encodings stay out of the bundle.
export { confirm, input, select } from '@inquirer/prompts';
