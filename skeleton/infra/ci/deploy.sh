#!/usr/bin/env bash
# Deploys an environment: its stacks in their order, foundations with the release of this commit, then the DAGs.
source "$(dirname "$0")/environment.sh" "$@"

# deploy <stack> [Name=Value…]
deploy() {
  local stack=$1 parameters
  shift
  mapfile -t parameters < <(stack_parameters "$stack")
  aws cloudformation deploy --stack-name "$(stack_name "$stack")" --template-file "templates/$stack.template.json" \
    --capabilities CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset --tags "${tags[@]}" \
    --parameter-overrides "${parameters[@]}" "$@"
}

deploy_foundations() {
  local code folder
  # A first create makes the code bucket; an update must not, since it would switch before the upload.
  if [ "$(stack_status foundations)" = NONE ]; then deploy foundations; fi
  code=$(aws cloudformation describe-stacks --stack-name "$(stack_name foundations)" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='CodeBucketName'].OutputValue")
  folder=$(mktemp -d)
  npm run -s release -- "$folder"
  aws s3 sync "$folder" "s3://$code/$release" --only-show-errors
  rm -rf "$folder"
  deploy foundations "ReleasePrefix=$release"
}

release=releases/$(git rev-parse HEAD)/
for stack in "${stacks[@]}"; do
  if [ "$stack" = foundations ]; then deploy_foundations; else deploy "$stack"; fi
done

# project.yaml and libraries first, then the DAGs that import them; what is gone goes last.
aws s3 cp ../project.yaml "${dags}project.yaml" --only-show-errors
aws s3 sync ../dags/mwaalib "${dags}mwaalib" --exclude '*__pycache__*' --only-show-errors
aws s3 sync ../dags "$dags" --exclude '*__pycache__*' --exclude project.yaml --delete --only-show-errors
echo "$(stack_name foundations) runs $release"
