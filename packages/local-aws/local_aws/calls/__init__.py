"""Who called what: every request to the local AWS, as IAM would have to allow it.

request → authorizations (IAM action, resource, condition values) → record, read at GET /_local-aws/calls.
The caller is the app id in the User-Agent (AWS_SDK_UA_APP_ID): what is started here gets the name of its role.
"""
