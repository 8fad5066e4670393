from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "trellis.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        from trellis.foundation.jobs import jobs
        from trellis.foundation.jobs.registry import every

        every(1, jobs.seal_audit)
        every(24 * 60, jobs.prune)
        every(60, jobs.clear_expired_sessions)
        every(60, jobs.clear_expired_cache)
        every(24 * 60, jobs.clear_left_over_documents)
