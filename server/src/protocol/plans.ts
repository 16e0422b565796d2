import type { WireFileEdits } from './requests.ts';

/**
 * Request, client to server: a plan of moves for what is wished, proven on the design. It may take seconds, and reports to
 * `workDoneToken` how far it is. A request that is cancelled is answered with the best plan until then, which says so.
 */
export const planRequest = 'vdc/plan';

/** What is wished. Things are named by their ids: `host:prod/esx-01`. */
export type WireWish =
  | { readonly kind: 'rebalance' | 'failover' | 'spread' | 'place' | 'consolidate'; readonly cluster: string }
  | { readonly kind: 'evacuate'; readonly host: string }
  | { readonly kind: 'fit'; readonly cluster: string; readonly className: string; readonly count?: number | undefined }
  | { readonly kind: 'migrate' }
  /** A finding is mended: its key, as the code action that offers the plan carries it. */
  | { readonly kind: 'mend'; readonly key: string }
  /** One of its fixes is made, a plan or not; ids as the topology names them. */
  | { readonly kind: 'fix'; readonly finding: string; readonly fix: string };

export interface PlanParams {
  /** Any file of the design. */
  readonly uri: string;
  readonly wish: WireWish;
  /** Whether hosts may come to where rules warn, as long as nothing is an error. */
  readonly acceptsWarnings?: boolean;
  readonly workDoneToken?: string | number;
}

export interface PlanAnswer {
  /** What `vdc/topology` shows it by, for as long as no text changes. Only where there is something to apply. */
  readonly id?: string;
  /** `nothing`: what is wished holds already, or nothing would be better. */
  readonly outcome: 'plan' | 'nothing' | 'no-plan';
  /** What the plan does and changes; else why there is none. */
  readonly title: string;
  /** The proof as Markdown: moves with what they cost, hosts before and after, what is found no more. */
  readonly page: string;
  /** Empty where there is nothing to apply. */
  readonly edits: readonly WireFileEdits[];
  /** It was cancelled: a plan is what was best until then; without one nothing is said of whether there is a way. */
  readonly isStopped?: true;
}

/** Request, client to server: what could be planned in the design of a file. Null if the file is of no design. */
export const planChoicesRequest = 'vdc/planChoices';

export interface PlanChoicesParams {
  readonly uri: string;
}

export interface PlanChoices {
  readonly clusters: readonly PlanCluster[];
  /** Names of classes of VMs. */
  readonly classes: readonly string[];
  /** Physical servers that no wave moves. */
  readonly unconverted: number;
}

export interface PlanCluster {
  readonly id: string;
  readonly name: string;
  readonly hosts: readonly { readonly id: string; readonly name: string; readonly vms: number }[];
  /** VMs of its pool, and those that run nowhere. */
  readonly unplaced: number;
  /** How often rules find that VMs share a host that should not. */
  readonly crowded: number;
}

export type PlanChoicesResult = PlanChoices | null;

/**
 * Command of the extension: shows a plan in the topology of a file's design, or ends that. Arguments: uri, `PlanShown`, whether to open one.
 * Answers whether there is one.
 */
export const showPlanCommand = 'vdc.showPlanInPicture';

/** Command of a code action: shows a plan with its proof before it is applied. Arguments: uri, `WireWish`, where: `text` (as it is without) or `picture`. */
export const previewPlanCommand = 'vdc.previewPlan';
