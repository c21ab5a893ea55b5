"""Record of calls: every request to the local AWS, as the permissions that IAM would require for it.

request → authorizations (IAM action, resource, condition values) → record, read at GET /_local-aws/calls.
The caller is the app id in the User-Agent (AWS_SDK_UA_APP_ID): processes started here have the name of their role.
"""
