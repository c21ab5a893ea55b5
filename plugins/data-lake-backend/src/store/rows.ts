/** Table `environments`; see the migrations. */
export interface EnvironmentRow {
  entity_ref: string;
  environment: string;
  target: string;
  observed_at: string | null;
  tried_at: string | null;
  observing_until: string | null;
  observation: string | null;
  failure: string | null;
}

/** Table `runs`; see the migrations. */
export interface RunRow {
  entity_ref: string;
  environment: string;
  run_key: string;
  began_at: string;
  state: string;
  run: string;
}
