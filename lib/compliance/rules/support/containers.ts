import { type GraphResource } from '../../template-graph/graph-resource';
import { type Value } from '../../template-graph/value';

/** A container of a task. */
export interface Container {
  readonly name: string;
  readonly value: Value;
  /** Whether the task ends when it ends; what is not essential prepares something and is gone. */
  readonly essential: boolean;
}

/** The containers of a task definition. */
export function containersOf(task: GraphResource): readonly Container[] {
  return task.at('ContainerDefinitions').items.map((value) => ({
    name: value.at('Name').describe(),
    value,
    essential: !value.at('Essential').is(false),
  }));
}
