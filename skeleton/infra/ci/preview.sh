#!/usr/bin/env bash
# Shows what a deployment of an environment would change, and leaves nothing behind.
source "$(dirname "$0")/environment.sh" "$@"

before=$(stack_status)
change_set=preview-$(date +%s)
type=UPDATE
values=()
if [ "$before" = NONE ] || [ "$before" = REVIEW_IN_PROGRESS ]; then
  type=CREATE
else
  # What CI deployed last stays; a preview makes no release.
  values=("ParameterKey=ReleasePrefix,UsePreviousValue=true")
fi
for parameter in "${parameters[@]}"; do
  values+=("ParameterKey=${parameter%%=*},ParameterValue=${parameter#*=}")
done

stack_tags=()
for tag in "${tags[@]}"; do stack_tags+=("Key=${tag%%=*},Value=${tag#*=}"); done

aws cloudformation create-change-set --stack-name "$stack" --change-set-name "$change_set" --change-set-type "$type" \
  --template-body file://templates/foundations.template.json --capabilities CAPABILITY_NAMED_IAM \
  --parameters "${values[@]}" --tags "${stack_tags[@]}" >/dev/null
trap 'aws cloudformation delete-change-set --stack-name "$stack" --change-set-name "$change_set" >/dev/null
      [ "$before" != NONE ] || aws cloudformation delete-stack --stack-name "$stack"' EXIT
aws cloudformation wait change-set-create-complete --stack-name "$stack" --change-set-name "$change_set" 2>/dev/null || {
  reason=$(aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$change_set" \
    --query StatusReason --output text)
  case $reason in
    *"didn't contain changes"* | *"No updates are to be performed"*) echo "$stack: nothing changes"; exit 0 ;;
    *) echo "$stack: $reason" >&2; exit 1 ;;
  esac
}
echo "$stack ($type):"
aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$change_set" --output text --query \
  'Changes[].ResourceChange.[Action, Replacement || `-`, ResourceType, LogicalResourceId]'
