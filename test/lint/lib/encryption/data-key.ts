export class DataKey {}
