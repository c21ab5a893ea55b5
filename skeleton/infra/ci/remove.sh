#!/usr/bin/env bash
# Removes an environment, and lists what stays: `remove.sh <environment>`. First the DAGs, then the stacks, each
# before the one that it builds on.
# With --remove-data=<project>-<environment>, and removable: true in project.yaml, no data stays.
source "$(dirname "$0")/environment.sh" "$@"
remove=${2:-}

of_stack() {
  aws cloudformation list-stack-resources --stack-name "$1" --output text \
    --query "StackResourceSummaries[?ResourceType=='$2' && ResourceStatus!='DELETE_COMPLETE'].PhysicalResourceId"
}

empty() {
  local page
  page=$(mktemp)
  while :; do
    # 1,000 are as many as one call deletes.
    aws s3api list-object-versions --bucket "$1" --max-items 1000 --output json --query \
      '{Quiet: `true`, Objects: [Versions, DeleteMarkers][].{Key: Key, VersionId: VersionId}}' >"$page"
    grep -q VersionId "$page" || break
    aws s3api delete-objects --bucket "$1" --delete "file://$page" >/dev/null
  done
  rm "$page"
}

# release <stack>: a last deployment with which its data goes when it goes.
release() {
  local template bucket
  template=$(mktemp)
  # Refuses without both keys, before anything is touched.
  npm run -s removable -- "$name" "$remove" --stack="$1" >"$template"
  # Without --parameter-overrides each parameter keeps its value.
  aws cloudformation deploy --stack-name "$(stack_name "$1")" --template-file "$template" \
    --capabilities CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset --tags "${tags[@]}"
  rm "$template"
  for bucket in $(of_stack "$(stack_name "$1")" AWS::S3::Bucket); do empty "$bucket"; done
}

remove_stack() {
  local stack buckets keys bucket key
  stack=$(stack_name "$1")
  if [ "$(stack_status "$1")" = NONE ]; then echo "$stack is not there"; return; fi
  buckets=$(of_stack "$stack" AWS::S3::Bucket)
  keys=$(of_stack "$stack" AWS::KMS::Key)
  if [ -n "$remove" ]; then release "$1"; fi
  aws cloudformation delete-stack --stack-name "$stack"
  aws cloudformation wait stack-delete-complete --stack-name "$stack"
  echo "$stack is deleted"
  for bucket in $buckets; do
    if aws s3api head-bucket --bucket "$bucket" >/dev/null 2>&1; then echo "stays: bucket $bucket"; fi
  done
  for key in $keys; do
    echo "key $key: $(aws kms describe-key --key-id "$key" --query KeyMetadata.KeyState --output text)"
  done
}

if [ -n "$remove" ]; then npm run -s removable -- "$name" "$remove" >/dev/null; fi
aws s3 rm "$dags" --recursive --only-show-errors
echo "$dags is empty"
for ((i = ${#stacks[@]} - 1; i >= 0; i--)); do remove_stack "${stacks[i]}"; done
# Glue makes them at its first run, and names them after security configuration and role.
prefix=$(stack_name foundations)
prefix=${prefix%foundations}
for group in $(aws logs describe-log-groups --log-group-name-prefix /aws-glue/ --output text \
  --query "logGroups[?contains(logGroupName, '$prefix')].logGroupName"); do
  if [ -n "$remove" ]; then aws logs delete-log-group --log-group-name "$group"; else echo "stays: log group $group"; fi
done
