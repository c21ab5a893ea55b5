"""CloudFormation: resource types missing in MiniStack, and status events.

Registered in provisioners._RESOURCE_HANDLERS: AWS::MWAA::Environment, AWS::Glue::SecurityConfiguration,
AWS::Glue::DataQualityRuleset, AWS::EMRServerless::Application, AWS::LakeFormation::Resource,
AWS::LakeFormation::PrincipalPermissions, AWS::EC2::EIP, AWS::EC2::NatGateway, AWS::EC2::SecurityGroupIngress.
Wrapped there: AWS::S3::Bucket (tags, key), AWS::KMS::Key (description); wrapped: s3._get_bucket_encryption (that key).
Replaced: stacks._runs_on_worker_thread (a type that waits would block the server), and with LOCAL_AWS_STACK_SECONDS the
pause before an operation's last status; wrapped: stacks._add_event, CreateChangeSet (stacks in review).
Completed: provisioners._REPLACING_PROPERTIES.
"""

from ministack.services.cloudformation import provisioners, stacks

from local_aws.services.cloudformation import (
    change_sets,
    data_quality_ruleset,
    emrserverless,
    events,
    kms_key,
    lakeformation,
    mwaa,
    network,
    pace,
    s3_bucket,
    security_configuration,
)
from local_aws.settings import SETTINGS

_WAITING = (
    "AWS::MWAA::Environment",
    "AWS::EMRServerless::Application",
    "AWS::LakeFormation::Resource",
    "AWS::LakeFormation::PrincipalPermissions",
    "AWS::EC2::EIP",
    "AWS::EC2::NatGateway",
    "AWS::EC2::SecurityGroupIngress",
)


def adapt() -> None:
    on_worker_thread = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = lambda kind: kind in _WAITING or on_worker_thread(kind)
    provisioners._RESOURCE_HANDLERS.update(
        {
            "AWS::MWAA::Environment": mwaa.HANDLERS,
            "AWS::KMS::Key": kms_key.careful(provisioners._RESOURCE_HANDLERS["AWS::KMS::Key"]),
            "AWS::S3::Bucket": s3_bucket.completed(provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]),
            "AWS::Glue::SecurityConfiguration": security_configuration.HANDLERS,
            "AWS::Glue::DataQualityRuleset": data_quality_ruleset.HANDLERS,
            "AWS::EMRServerless::Application": emrserverless.HANDLERS,
            "AWS::LakeFormation::Resource": lakeformation.RESOURCE_HANDLERS,
            "AWS::LakeFormation::PrincipalPermissions": lakeformation.PERMISSIONS_HANDLERS,
            "AWS::EC2::EIP": network.ADDRESS_HANDLERS,
            "AWS::EC2::NatGateway": network.GATEWAY_HANDLERS,
            "AWS::EC2::SecurityGroupIngress": network.INGRESS_HANDLERS,
        }
    )
    # of the types whose update MiniStack calls a possible replacement whatever changes
    provisioners._REPLACING_PROPERTIES.update({"AWS::S3::Bucket": ("BucketName",), "AWS::KMS::Key": ()})
    provisioners._STACK_TAG_PROPERTY.update({
        "AWS::MWAA::Environment": ("Tags", "map"),
        "AWS::EMRServerless::Application": ("Tags", "list"),
        "AWS::EC2::EIP": ("Tags", "list"),
        "AWS::EC2::NatGateway": ("Tags", "list"),
        # MiniStack omits the stack's tags for these types
        "AWS::Glue::Crawler": ("Tags", "map"),
        "AWS::Glue::DataQualityRuleset": ("Tags", "map"),
        "AWS::Glue::Job": ("Tags", "map"),
        "AWS::S3::Bucket": ("Tags", "list"),
    })  # fmt: skip
    change_sets.adapt()
    s3_bucket.adapt_encryption()
    events.adapt()
    pace.adapt(SETTINGS.stack_seconds)
