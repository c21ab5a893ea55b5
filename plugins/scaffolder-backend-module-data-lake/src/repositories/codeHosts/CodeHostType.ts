import { Config } from '@backstage/config';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { RepositoryUrls } from '../RepositoryHost';
import { RepositoryLocation } from '../location';
import { HostApi } from './HostApi';
import { OfficialAction } from './officialAction';

/** What the hosts of all types work with. */
export interface CodeHostServices {
  config: Config;
  integrations: ScmIntegrationRegistry;
}

/** How requests to a host are signed. */
export interface HostCredential {
  /** For Git over HTTP. */
  git: { username: string; password: string };
  /** For the host's API. */
  headers: Record<string, string>;
  /** Whether it is the person's own token, not Backstage's. */
  isPersons: boolean;
}

/** A change whose branch is pushed. */
export interface PushedChange {
  branch: string;
  /** Branch that it is for. */
  target: string;
  title: string;
  description: string;
}

/** A host of one type: its URLs, credentials, requests, and the official action that publishes there. */
export interface CodeHostType {
  /** The package with the official action. */
  module: string;
  /** What a token must be allowed to do, to publish and to change. */
  tokenNeeds: string;
  /** What Backstage's own credential must be allowed to do, to read. */
  readerNeeds: string;
  /** Base of the API. */
  apiUrl: string;
  /** @throws InputError if a part of the location is missing */
  toUrls(location: RepositoryLocation): Required<RepositoryUrls>;
  /** Parses the URL of a repository's source. */
  toLocation(sourceUrl: URL): RepositoryLocation;
  /** @throws InputError if there is neither a token nor a credential */
  authorize(
    location: RepositoryLocation,
    token: string | undefined,
  ): Promise<HostCredential>;
  /** Loads the official action from its module, which may be absent. */
  loadPublishAction(): OfficialAction;
  /** Input of that action beside what all have. */
  publishInput(request: { description: string; message: string }): object;
  /** Refuses a token that would fail half-way, where the host tells what a token may do. */
  assertToken?(api: HostApi, folder: string): Promise<void>;
  /** @returns the URL of the open change request for a branch, if there is one */
  findChange(
    api: HostApi,
    location: RepositoryLocation,
    branch: string,
  ): Promise<string | undefined>;
  /** @returns the URL of the new change request */
  openChange(
    api: HostApi,
    location: RepositoryLocation,
    change: PushedChange,
  ): Promise<string>;
  /** Has the main branch take changes by change requests with one approval only. */
  protect(api: HostApi, location: RepositoryLocation): Promise<void>;
}

/** The branch that Backstage publishes to. */
export const mainBranch = 'main';
