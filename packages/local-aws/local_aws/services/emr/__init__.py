"""EMR that really runs steps: one scheduling thread for each cluster, one spark-submit for each step.

Replaced in ministack.services.emr: _now_iso (the JSON protocol requires epoch seconds), _make_step; in _HANDLERS:
TerminateJobFlows, CancelSteps, ListSteps, ListClusters, DescribeCluster; wrapped: RunJobFlow, AddJobFlowSteps;
added: Put-, Get- and RemoveAutoTerminationPolicy.
"""

import time

from ministack.services import emr

from local_aws.services.emr import calls


def adapt() -> None:
    handlers = calls.handlers(emr._run_job_flow, emr._add_job_flow_steps)
    emr._make_step = calls.step_maker(emr._make_step)
    emr._now_iso = time.time
    emr._HANDLERS.update(handlers)
