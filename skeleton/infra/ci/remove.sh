#!/usr/bin/env bash
# Deletes the foundations stack of an environment, and lists what stays: `remove.sh <environment>`.
# With --remove-data=<project>-<environment>, and removable: true in project.yaml, nothing stays.
source "$(dirname "$0")/environment.sh" "$@"
remove=${2:-}

of_stack() {
  aws cloudformation list-stack-resources --stack-name "$stack" --output text \
    --query "StackResourceSummaries[?ResourceType=='$1' && ResourceStatus!='DELETE_COMPLETE'].PhysicalResourceId"
}

empty() {
  local page
  page=$(mktemp)
  while :; do
    # 1,000 are as many as one call deletes.
    aws s3api list-object-versions --bucket "$1" --max-items 1000 --output json |
      jq -s '(.[0] // {}) | {Quiet: true, Objects: [(.Versions // []) + (.DeleteMarkers // []) | .[] | {Key, VersionId}]}' >"$page"
    [ "$(jq '.Objects | length' "$page")" -gt 0 ] || break
    aws s3api delete-objects --bucket "$1" --delete "file://$page" >/dev/null
  done
  rm "$page"
}

buckets=$(of_stack AWS::S3::Bucket)
keys=$(of_stack AWS::KMS::Key)
if [ -n "$remove" ]; then
  template=$(mktemp)
  trap 'rm -f "$template"' EXIT
  # Refuses without both keys, before anything is touched.
  npm run -s removable -- "$name" "$remove" >"$template"
  # Without --parameter-overrides each parameter keeps its value.
  aws cloudformation deploy --stack-name "$stack" --template-file "$template" \
    --capabilities CAPABILITY_NAMED_IAM --no-fail-on-empty-changeset --tags "${tags[@]}"
  for bucket in $buckets; do empty "$bucket"; done
fi
aws cloudformation delete-stack --stack-name "$stack"
aws cloudformation wait stack-delete-complete --stack-name "$stack"
echo "$stack is deleted"
for bucket in $buckets; do
  if aws s3api head-bucket --bucket "$bucket" >/dev/null 2>&1; then echo "stays: bucket $bucket"; fi
done
for key in $keys; do
  echo "key $key: $(aws kms describe-key --key-id "$key" --query KeyMetadata.KeyState --output text)"
done
