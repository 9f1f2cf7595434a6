"""A policy that listens again after each of our actions.

Every rule of ours is one message and one action. What an action leaves in the slots decides
what the *next* message means, so that the rule which led to it often no longer fits once it
has run; without this policy Rasa would then find no rule for listening and fall back.
"""

from __future__ import annotations

from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

__all__ = ["ListenAfterAction"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class ListenAfterAction(Policy):
    """Predicts listening, with full confidence, whenever an action of ours ran last."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Before the rules, which would otherwise fall back."""
        return {"priority": 7}

    @staticmethod
    def supported_data() -> SupportedData:
        """Learns from nothing."""
        return SupportedData.ML_AND_RULE_DATA

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """There is nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Full confidence in listening after one of our actions; none in anything otherwise."""
        confidences = self._default_predictions(domain)
        if tracker.latest_action_name in domain.user_actions:
            confidences[domain.index_for_action(ACTION_LISTEN_NAME)] = 1.0
        return self._prediction(confidences)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
        **kwargs: Any,
    ) -> ListenAfterAction:
        """Nothing was stored, so nothing is read."""
        return cls(config, model_storage, resource, execution_context)
