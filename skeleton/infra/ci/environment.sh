# Sourced by the scripts beside it, with the environment's name in $1. Sets stacks (in their order), dags and
# region from project.yaml; credentials come from the CI's OIDC token and are never kept here.
set -euo pipefail
name=${1:?Usage: $0 <environment of project.yaml>}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
settings=$(npm run -s environments -- "$name")
value() { sed -n "s/^$1=//p" <<<"$settings"; }
mapfile -t stacks < <(value stack)
dags=$(value dags)
AWS_REGION=$(value region)
AWS_DEFAULT_REGION=$AWS_REGION
export AWS_REGION AWS_DEFAULT_REGION
account=$(aws sts get-caller-identity --query Account --output text)
[ "$account" = "$(value account)" ] ||
  { echo "These credentials are of account $account; environment $name is in $(value account)" >&2; exit 1; }
mapfile -t tags < <(npm run -s parameters -- "$name" --tags)

# Each takes a stack as project.yaml names it, such as foundations.
stack_name() { value "$1"; }
stack_parameters() { npm run -s parameters -- "$name" --stack="$1"; }
stack_status() {
  aws cloudformation describe-stacks --stack-name "$(stack_name "$1")" --query 'Stacks[0].StackStatus' --output text \
    2>/dev/null || echo NONE
}
