/** Help text of the command line. */
export const usage = `Usage: data-lake <command> <environment> [options]

  preview   lists what a deployment would change; leaves nothing behind
  deploy    deploys stacks, a release of the scripts, and DAGs
  verify    checks that the environment matches this commit
  rollback  switches to a former release of the scripts
  delete    lists what would be deleted and what would remain; with --confirm, deletes it

of all commands:
  --project <path>                  path of project.yaml; default project.yaml
  --format text|markdown|json       format of the report on stdout; default text
preview, deploy, verify, rollback:
  --allow-resource-type <type>      type allowed in addition to a data lake's, such as AWS::DynamoDB::*; repeatable
  --allow-macro <name>              allowed macro, such as AWS::LanguageExtensions; repeatable
  --permissions-boundary <arn>      permissions boundary of every IAM role and user
preview, deploy, rollback, delete:
  --role-arn <arn>                  CloudFormation service role
  --template-bucket <name>          bucket for templates over 51,200 bytes, uploaded temporarily
  --timeout <minutes>               time limit for each stack; default 60
deploy, rollback:
  --allow-broader-permissions       allow broader IAM and network permissions
deploy:
  --allow-replacement               allow the replacement and removal of resources that hold data
  --continue-rollback               first continue the rollback of a stack in UPDATE_ROLLBACK_FAILED
  --resources-to-skip <logical id>  resource that cannot be rolled back, such as one deleted by hand; repeatable
  --max-deleted <number>            largest number of DAG files to delete
  --previewed <stack>=<digest>      execute only the previewed change of a stack; repeatable
rollback:
  --release releases/<digest>/      default the release before the current
delete:
  --confirm <project>-<environment>  name that confirms the deletion
  --remove-data                     also delete the data; requires removable: true in project.yaml
  --empty-buckets                   delete all objects in its own buckets that are deleted

Credentials come from the AWS SDK's default chain.
Exit codes: 0 done, 1 failed, 2 wrong input, 3 refused, 4 verified but unknown, 130 cancelled.
`;
