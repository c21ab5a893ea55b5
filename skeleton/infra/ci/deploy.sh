#!/usr/bin/env bash
# Deploys an environment: stack, release of this commit, stack with that release, DAGs.
source "$(dirname "$0")/environment.sh" "$@"

deploy() {
  aws cloudformation deploy --stack-name "$stack" --template-file templates/foundations.template.json \
    --capabilities CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset --tags "${tags[@]}" \
    --parameter-overrides "${parameters[@]}" "$@"
}

# A first create makes the code bucket; an update must not, since it would switch before the upload.
if [ "$(stack_status)" = NONE ]; then deploy; fi
code=$(aws cloudformation describe-stacks --stack-name "$stack" --output text \
  --query "Stacks[0].Outputs[?OutputKey=='CodeBucketName'].OutputValue")

release=releases/$(git rev-parse HEAD)/
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm run -s release -- "$folder"
aws s3 sync "$folder" "s3://$code/$release" --only-show-errors
deploy "ReleasePrefix=$release"

# project.yaml and libraries first, then the DAGs that import them; what is gone goes last.
aws s3 cp ../project.yaml "${dags}project.yaml" --only-show-errors
aws s3 sync ../dags/mwaalib "${dags}mwaalib" --exclude '*__pycache__*' --only-show-errors
aws s3 sync ../dags "$dags" --exclude '*__pycache__*' --exclude project.yaml --delete --only-show-errors
echo "$stack runs $release"
