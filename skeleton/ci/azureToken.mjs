/* Prints the OIDC token of a pipeline of Azure DevOps:
   https://learn.microsoft.com/en-us/rest/api/azure/devops/distributedtask/oidctoken/create */
const { SYSTEM_OIDCREQUESTURI: uri, SYSTEM_ACCESSTOKEN: token } = process.env;
if (!uri || !token) {
  throw new Error('This is no pipeline of Azure DevOps, or the step has no SYSTEM_ACCESSTOKEN');
}
const response = await fetch(`${uri}?api-version=7.1`, {
  method: 'POST',
  headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
});
if (!response.ok) {
  throw new Error(`Azure DevOps gives no token: ${response.status} ${await response.text()}`);
}
const { oidcToken } = await response.json();
process.stdout.write(oidcToken);
