#!/bin/sh
# Previews or deploys one environment as the role that AWS lets this pipeline have: what bitbucket-pipelines.yml,
# azure-pipelines.yml and .gitea/workflows/ci.yml share.
#
#   sh ci/environment.sh preview|deploy NAME
#
# Reads, with the environment's name in capitals at their end (AWS_ROLE_ARN_PROD):
#   AWS_ROLE_ARN_…                  role of policies/deploy.json; without it, nothing is deployed
#   AWS_PREVIEW_ROLE_ARN_…          role of policies/preview-role.template.json, which cannot deploy; without it,
#                                   nothing is previewed
#   AWS_SERVICE_ROLE_ARN_…, AWS_PERMISSIONS_BOUNDARY_ARN_…   outputs of policies/roles.template.json; optional
#   AWS_SHARED_BUCKET_…             MWAA bucket without a tag data-lake:owner; optional
# and OIDC_TOKEN, the pipeline's token, which AWS trusts. Without it the runner's own role assumes the role:
# AWS_CREDENTIAL_SOURCE says where the runner has it, by default Ec2InstanceMetadata.
set -eu

act=$1
name=$2
suffix=$(printf %s "$name" | tr '[:lower:]' '[:upper:]')

value() {
  eval "printf %s \"\${$1_$suffix:-}\""
}

case $act in
  deploy) variable=AWS_ROLE_ARN ;;
  preview) variable=AWS_PREVIEW_ROLE_ARN ;;
  *) echo "preview or deploy, not $act" >&2 && exit 2 ;;
esac
role=$(value "$variable")
if [ -z "$role" ]; then
  echo "There is no variable ${variable}_$suffix: $act of $name skipped"
  exit 0
fi

# before it gets credentials
(cd cli && sha256sum --check --strict SHA256SUMS)

AWS_CONFIG_FILE=$(mktemp)
token_file=$(mktemp)
export AWS_CONFIG_FILE
trap 'rm -f "$AWS_CONFIG_FILE" "$token_file"' EXIT
{
  echo '[default]'
  echo "role_arn = $role"
  echo "role_session_name = ci-$name"
  if [ -n "${OIDC_TOKEN:-}" ]; then
    printf %s "$OIDC_TOKEN" > "$token_file"
    echo "web_identity_token_file = $token_file"
  else
    echo "credential_source = ${AWS_CREDENTIAL_SOURCE:-Ec2InstanceMetadata}"
  fi
} > "$AWS_CONFIG_FILE"
unset OIDC_TOKEN
export AWS_PROFILE=default

service=$(value AWS_SERVICE_ROLE_ARN)
boundary=$(value AWS_PERMISSIONS_BOUNDARY_ARN)
bucket=$(value AWS_SHARED_BUCKET)
set -- ${service:+--role-arn "$service"} ${boundary:+--permissions-boundary "$boundary"} \
  ${bucket:+--shared-bucket "$bucket"}
if [ "$act" = preview ]; then
  node cli/data-lake.cjs preview "$name" --format markdown "$@" > preview.md
  cat preview.md
else
  node cli/data-lake.cjs deploy "$name" "$@"
  # Exit code 4: no check failed, but some cannot be decided yet, such as the tables before the first run.
  node cli/data-lake.cjs verify "$name" || [ $? = 4 ]
fi
