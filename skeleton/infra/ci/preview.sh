#!/usr/bin/env bash
# Shows what a deployment of an environment would change, stack by stack, and leaves nothing behind.
source "$(dirname "$0")/environment.sh" "$@"

preview() {
  local stack before type=UPDATE change_set values=() parameter
  stack=$(stack_name "$1")
  before=$(stack_status "$1")
  change_set=preview-$(date +%s)
  if [ "$before" = NONE ] || [ "$before" = REVIEW_IN_PROGRESS ]; then
    type=CREATE
  elif [ "$1" = foundations ]; then
    # What CI deployed last stays; a preview makes no release.
    values=("ParameterKey=ReleasePrefix,UsePreviousValue=true")
  fi
  while read -r parameter; do
    # Commas part the fields of the CLI's shorthand.
    values+=("ParameterKey=${parameter%%=*},ParameterValue=\"${parameter#*=}\"")
  done < <(stack_parameters "$1")

  aws cloudformation create-change-set --stack-name "$stack" --change-set-name "$change_set" \
    --change-set-type "$type" --template-body "file://templates/$1.template.json" --capabilities CAPABILITY_NAMED_IAM \
    --parameters "${values[@]}" --tags "${stack_tags[@]}" >/dev/null
  tell "$stack" "$change_set" "$type" && failed=0 || failed=$?
  aws cloudformation delete-change-set --stack-name "$stack" --change-set-name "$change_set" >/dev/null
  if [ "$before" = NONE ]; then aws cloudformation delete-stack --stack-name "$stack"; fi
  return "$failed"
}

tell() {
  local reason
  aws cloudformation wait change-set-create-complete --stack-name "$1" --change-set-name "$2" 2>/dev/null || {
    reason=$(aws cloudformation describe-change-set --stack-name "$1" --change-set-name "$2" \
      --query StatusReason --output text)
    case $reason in
      *"didn't contain changes"* | *"No updates are to be performed"*) echo "$1: nothing changes"; return 0 ;;
      *) echo "$1: $reason" >&2; return 1 ;;
    esac
  }
  echo "$1 ($3):"
  aws cloudformation describe-change-set --stack-name "$1" --change-set-name "$2" --output text --query \
    'Changes[].ResourceChange.[Action, Replacement || `-`, ResourceType, LogicalResourceId]'
}

stack_tags=()
for tag in "${tags[@]}"; do stack_tags+=("Key=${tag%%=*},Value=${tag#*=}"); done
for each in "${stacks[@]}"; do preview "$each"; done
