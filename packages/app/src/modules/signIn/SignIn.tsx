import { githubAuthApiRef } from '@backstage/core-plugin-api';
import { SignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import type { ComponentProps } from 'react';

type SignInProps = Omit<
  ComponentProps<typeof SignInPage>,
  'provider' | 'providers'
>;

/** Signs in with GitHub in production, and else as the guest of the laptop. */
function ProductionOrGuest(props: SignInProps) {
  const isProduction =
    useApi(configApiRef).getOptionalString('auth.environment') === 'production';
  return isProduction ? (
    <SignInPage
      {...props}
      provider={{
        id: 'github-auth-provider',
        title: 'GitHub',
        message: 'Sign in with GitHub',
        apiRef: githubAuthApiRef,
      }}
    />
  ) : (
    <SignInPage {...props} providers={['guest']} />
  );
}

export const SignIn = SignInPageBlueprint.make({
  params: { loader: async () => ProductionOrGuest },
});
