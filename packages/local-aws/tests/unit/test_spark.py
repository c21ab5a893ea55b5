from local_aws.services.emrserverless import arguments
from local_aws.spark.failure import Failure, failure
from local_aws.spark.submit import without_cluster_options

TRACEBACK = """25/01/01 ERROR noise: java.lang.Exception
Traceback (most recent call last):
  File "/tmp/x.py", line 7, in <module>
    main()
  File "/tmp/x.py", line 3, in main
ValueError: bad column
"""


def test_the_message_and_line_of_a_traceback() -> None:
    assert failure(TRACEBACK) == Failure("ValueError: bad column", "7")


def test_the_java_cause_behind_py4j() -> None:
    text = (
        'Traceback (most recent call last):\n  File "x.py", line 1, in <module>\n'
        "py4j.protocol.Py4JJavaError: An error occurred while calling o1.parquet.\n"
        ": org.apache.hadoop.fs.FileNotFoundException: No such bucket\n\tat x\n"
    )
    assert failure(text).message == "org.apache.hadoop.fs.FileNotFoundException: No such bucket"


def test_without_a_traceback_the_last_exception_and_else_a_plain_word() -> None:
    assert failure("a\nIOException: disk\nb").message == "IOException: disk"
    assert failure("") == Failure("the script ended with a non-zero exit status")


def test_cluster_options_go_and_those_of_the_script_stay() -> None:
    given = ["--deploy-mode", "cluster", "--master=yarn", "--conf", "a=b", "s3://b/x.py", "--master", "mine"]
    assert without_cluster_options(given) == ["--conf", "a=b", "s3://b/x.py", "--master", "mine"]
    assert without_cluster_options(["--verbose", "x.py"]) == ["--verbose", "x.py"]


def test_parameters_of_a_serverless_run_are_split_like_a_shell_does() -> None:
    submit = {"entryPoint": "s3://b/x.py", "entryPointArguments": ["--a"], "sparkSubmitParameters": "--conf 'k=v w'"}
    assert arguments(submit) == ["--conf", "k=v w", "s3://b/x.py", "--a"]
